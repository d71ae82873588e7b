# Student's test on airway after four scalings, all in the unit of a read: airway_one_unit_R.csv.
# From the repository's folder: Rscript tests/data/airway_one_unit.R
# Made with R 4.2.2, DESeq2 1.38.3, edgeR 3.40.2, as Debian bookworm ships them.

suppressMessages({library(DESeq2); library(edgeR)})

counts <- as.matrix(read.csv("rnaseq_hw/data/airway/counts.csv.gz", row.names = 1))
samples <- read.csv("rnaseq_hw/data/airway/samples.csv", row.names = 1)[colnames(counts), ]
condition <- relevel(factor(samples$condition), "Control")
kept <- counts[filterByExpr(counts, group = condition), ]
library_size <- colSums(kept)
scalings <- list(
  "no scaling" = rep(1, ncol(kept)),
  "CPM" = library_size,
  "TMM" = library_size * calcNormFactors(kept),
  "median of ratios" = estimateSizeFactorsForMatrix(counts)
)

compare <- function(name) {
  scaling <- scalings[[name]] / mean(scalings[[name]])
  log2_values <- log2(sweep(kept, 2, scaling, "/") + 1)
  tests <- apply(log2_values, 1, function(values) {
    test <- t.test(values[condition == "Treatment"], values[condition == "Control"],
                   var.equal = TRUE)
    c(p = test$p.value, error = test$stderr)
  })
  data.frame(analysis = name, n_tested = ncol(tests), "p_lt_.05" = sum(tests["p", ] < 0.05),
             "padj_lt_.05" = sum(p.adjust(tests["p", ], "BH") < 0.05),
             typical_se = signif(median(tests["error", ]), 12))
}

results <- do.call(rbind, lapply(names(scalings), compare))
write.csv(results, "tests/data/airway_one_unit_R.csv", row.names = FALSE, quote = FALSE)
