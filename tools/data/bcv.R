# How much genes vary between the samples of our two experiments: the table bcv.csv.
# From the repository's folder: Rscript tools/data/bcv.R
# Made with R 4.2.2, edgeR 3.40.2, as Debian bookworm ships them.

suppressMessages(library(edgeR))

bcv_row <- function(experiment, replicates, formula) {
  folder <- file.path("rnaseq_hw/data", experiment)
  counts <- as.matrix(read.csv(file.path(folder, "counts.csv.gz"), row.names = 1))
  samples <- read.csv(file.path(folder, "samples.csv"), row.names = 1)[colnames(counts), ]
  y <- DGEList(counts, group = samples$condition)
  y <- calcNormFactors(y[filterByExpr(y), , keep.lib.sizes = FALSE])
  y <- estimateDisp(y, model.matrix(formula, samples))
  quartiles <- quantile(sqrt(y$tagwise.dispersion), c(0.25, 0.5, 0.75))
  bcv <- signif(c(sqrt(y$common.dispersion), quartiles), 6)
  data.frame(experiment, replicates, formula = format(formula), genes = nrow(y),
             common = bcv[1], lower_quartile = bcv[2], median = bcv[3], upper_quartile = bcv[4])
}

rows <- rbind(
  bcv_row("marioni", "lanes", ~ condition),
  bcv_row("airway", "pairs of dishes", ~ cell_line + condition),
  bcv_row("airway", "donors", ~ condition)
)
write.csv(rows, "rnaseq_hw/data/bcv.csv", row.names = FALSE, quote = FALSE)
