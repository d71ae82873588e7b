# Ordinary and moderated t statistics by limma, on edgeR's log2 CPM: the table limma_R.csv.
# From the repository's folder: Rscript tests/data/reference_limma.R
# Made with R 4.2.2, limma 3.54.1, edgeR 3.40.2, as Debian bookworm ships them.

suppressMessages({library(limma); library(edgeR)})

compare <- function(data, model, y, design) {
  fit <- eBayes(lmFit(y, design))
  k <- ncol(design)
  ordinary <- fit$coefficients[, k] / fit$stdev.unscaled[, k] / fit$sigma
  data.frame(
    data = data, model = model, gene = rownames(y),
    delta = fit$coefficients[, k], sigma = fit$sigma,
    std_error = fit$stdev.unscaled[, k] * fit$sigma, df_residual = fit$df.residual,
    t_ordinary = ordinary, p_ordinary = 2 * pt(-abs(ordinary), fit$df.residual),
    moderated_sigma = sqrt(fit$s2.post), df_total = fit$df.total,
    t_moderated = fit$t[, k], p_moderated = fit$p.value[, k],
    prior_df = fit$df.prior, prior_variance = fit$s2.prior
  )
}

log2_cpm <- function(counts) {
  cpm(calcNormFactors(DGEList(counts)), log = TRUE, prior.count = 2)
}

toy <- as.matrix(read.csv("tests/data/toy_counts.csv", row.names = 1))
treated <- c(0, 0, 1, 1)
pairs <- factor(c("first", "second", "first", "second"))
toy_results <- rbind(
  compare("toy", "simple", log2_cpm(toy), model.matrix(~treated)),
  compare("toy", "blocked", log2_cpm(toy), model.matrix(~pairs + treated))
)

airway <- as.matrix(read.csv("rnaseq_hw/data/airway/counts.csv.gz", row.names = 1))
samples <- read.csv("rnaseq_hw/data/airway/samples.csv", row.names = 1)
airway <- airway[, rownames(samples)]
treated <- as.numeric(samples$condition == "Treatment")
values <- log2_cpm(airway)[rowSums(cpm(airway) > 1) >= 4, ]
shown <- seq(1, nrow(values), by = 60)
airway_results <- rbind(
  compare("airway", "simple", values, model.matrix(~treated))[shown, ],
  compare("airway", "blocked", values, model.matrix(~samples$cell_line + treated))[shown, ]
)

# Variances that differ less than chance makes them: the prior degrees of freedom are infinite.
equal <- t(sapply(1:20, function(i) c(i, i + 1, 2 * i, 2 * i + 1 + (i == 1))))
rownames(equal) <- sprintf("g%02d", 1:20)
equal_results <- compare("equal", "simple", equal, model.matrix(~c(0, 0, 1, 1)))

results <- rbind(toy_results, airway_results, equal_results)
numbers <- sapply(results, is.numeric)
results[numbers] <- lapply(results[numbers], function(x) sprintf("%.17g", x))
write.csv(results, "tests/data/limma_R.csv", row.names = FALSE, quote = FALSE)
