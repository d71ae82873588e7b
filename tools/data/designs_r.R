# Two questions to the chapter on designs and contrasts, by limma and by DESeq2: designs_r.csv.
#
# Run it from the repository's folder, with R and these Bioconductor packages:
#
#     Rscript tools/data/designs_r.R
#
# It reads tests/data/designs_counts.csv, the chapter's counts, which a test compares with the
# chapter, and writes rnaseq_hw/data/designs_r.csv, a row per question and gene.
# Made with R 4.2.2, DESeq2 1.38.3, edgeR 3.40.2, limma 3.54.1, as Debian bookworm ships them.

suppressMessages({library(DESeq2); library(edgeR); library(limma)})

counts <- t(as.matrix(read.csv("tests/data/designs_counts.csv", row.names = 1)))
samples <- data.frame(
  origin = factor(rep(c("healthy", "patient"), each = 6)),
  condition = factor(rep(rep(c("Control", "Treatment"), each = 3), 2)),
  row.names = colnames(counts)
)
questions <- list("effect in patients" = c(0, 0, 1, 1), "interaction" = c(0, 0, 0, 1))
design <- model.matrix(~ origin * condition, samples)

# limma on edgeR's log2 CPM with TMM factors; the ordinary t: no moderation
fit <- lmFit(cpm(calcNormFactors(DGEList(counts)), log = TRUE, prior.count = 2), design)
by_limma <- function(weights) {
  contrast <- contrasts.fit(fit, weights)
  std_error <- contrast$stdev.unscaled[, 1] * contrast$sigma
  t_stat <- contrast$coefficients[, 1] / std_error
  data.frame(limma_delta = contrast$coefficients[, 1], limma_std_error = std_error,
             limma_t_stat = t_stat, limma_p_value = 2 * pt(-abs(t_stat), contrast$df.residual))
}

# DESeq2 on the counts; all genes have one dispersion, so there is no trend to draw
dds <- DESeqDataSetFromMatrix(counts, samples, ~ origin * condition)
dds <- DESeq(dds, fitType = "mean", quiet = TRUE)
by_deseq2 <- function(weights) {
  result <- results(dds, contrast = weights)
  data.frame(deseq2_delta = result$log2FoldChange, deseq2_std_error = result$lfcSE,
             deseq2_p_value = result$pvalue)
}
stopifnot(all.equal(results(dds, contrast = questions$interaction)$pvalue,
                    results(dds, name = "originpatient.conditionTreatment")$pvalue))

table <- do.call(rbind, lapply(names(questions), function(name) {
  weights <- questions[[name]]
  numbers <- cbind(by_limma(weights), by_deseq2(weights))
  numbers[] <- lapply(numbers, function(x) sprintf("%.15g", x))
  data.frame(question = name, gene = rownames(counts), numbers)
}))
write.csv(table, "rnaseq_hw/data/designs_r.csv", row.names = FALSE, quote = FALSE)

# What the two say of a batch that is the condition; the chapter quotes it.
samples$batch <- factor(ifelse(samples$condition == "Control", "A", "B"))
invisible(lmFit(log2(counts + 1), model.matrix(~ batch + condition, samples)))
try(DESeqDataSetFromMatrix(counts, samples, ~ batch + condition))
