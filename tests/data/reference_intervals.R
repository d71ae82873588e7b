# Confidence intervals of t.test (one variance): the table student_intervals_R.csv.
# From the repository's folder: Rscript tests/data/reference_intervals.R
# Made with R 4.2.2, as Debian bookworm ships it. t.test refuses constant values: they are left out.

numbers <- function(text) {
  values <- suppressWarnings(as.numeric(strsplit(text, " ")[[1]]))
  values[!is.na(values)]
}

cases <- read.csv("tests/data/edge_cases.csv", colClasses = "character")
results <- NULL
for (i in seq_len(nrow(cases))) {
  for (level in c(0.5, 0.95, 0.999)) {
    interval <- tryCatch(
      t.test(numbers(cases$treatment[i]), numbers(cases$control[i]),
             var.equal = TRUE, conf.level = level)$conf.int,
      error = function(e) NULL
    )
    if (all(is.finite(interval)) && length(interval) == 2) {
      results <- rbind(results, data.frame(
        case = cases$case[i], confidence = level,
        ci_low = sprintf("%.17g", interval[1]), ci_high = sprintf("%.17g", interval[2])
      ))
    }
  }
}
write.csv(results, "tests/data/student_intervals_R.csv", row.names = FALSE, quote = FALSE)
