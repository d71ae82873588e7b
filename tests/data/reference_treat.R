# A test against a threshold by limma's treat, in airway: the table airway_treat_R.csv.
# From the repository's folder: Rscript tests/data/reference_treat.R
# Made with R 4.2.2, limma 3.54.1, edgeR 3.40.2, as Debian bookworm ships them.

suppressMessages({library(limma); library(edgeR)})

counts <- as.matrix(read.csv("rnaseq_hw/data/airway/counts.csv.gz", row.names = 1))
samples <- read.csv("rnaseq_hw/data/airway/samples.csv", row.names = 1)
counts <- counts[, rownames(samples)]
samples$condition <- relevel(factor(samples$condition), ref = "Control")
design <- model.matrix(~ cell_line + condition, samples)

y <- DGEList(counts, group = samples$condition)
log2_cpm <- cpm(calcNormFactors(y), log = TRUE, prior.count = 2)[filterByExpr(y), ]
fit <- treat(lmFit(log2_cpm, design), lfc = 1)
result <- topTreat(fit, coef = "conditionTreatment", number = Inf, sort.by = "none")
double_cut <- sum(result$adj.P.Val <= 0.05)
cat(nrow(result), "genes;", double_cut, "called\n")

shown <- seq(1, nrow(result), by = 60)
table <- data.frame(gene = rownames(result), delta = result$logFC, t_stat = result$t,
                    p_value = result$P.Value, adj_p_value = result$adj.P.Val)[shown, ]
numbers <- sapply(table, is.numeric)
table[numbers] <- lapply(table[numbers], function(x) sprintf("%.17g", x))
write.csv(table, "tests/data/airway_treat_R.csv", row.names = FALSE, quote = FALSE)
