# Cook's distances in airway when the model leaves out the cell lines, by base R and by DESeq2.
#
# Run it from the repository's folder, with R and DESeq2:
#
#     Rscript tools/data/airway_cooks.R
#
# It writes rnaseq_hw/data/airway/flagged.csv, the genes whose p-value DESeq2 withholds, and
# tests/data/airway_cooks_R.csv, the distances of two genes in each sample. The versions of R's
# packages are in the README.md of both folders.

suppressMessages(library(DESeq2))

folder <- "rnaseq_hw/data/airway"
counts <- as.matrix(read.csv(file.path(folder, "counts.csv.gz"), row.names = 1))
samples <- read.csv(file.path(folder, "samples.csv"), row.names = 1)[colnames(counts), ]
samples$condition <- relevel(factor(samples$condition), ref = "Control")

dds <- DESeq(DESeqDataSetFromMatrix(counts, samples, ~condition), quiet = TRUE)
cooks <- assays(dds)[["cooks"]]
result <- results(dds)
flagged <- which(is.na(result$pvalue) & result$baseMean > 0)
largest <- apply(cooks[flagged, ], 1, max)
table <- data.frame(gene = rownames(cooks)[flagged],
                    base_mean = signif(result$baseMean[flagged], 5),
                    largest_distance = signif(largest, 4),
                    sample = colnames(cooks)[apply(cooks[flagged, ], 1, which.max)])
table <- table[order(-table$largest_distance), ]
write.csv(table, file.path(folder, "flagged.csv"), row.names = FALSE, quote = FALSE)

# Two genes: least squares on log2(normalized count + 1), DESeq2, and what DESeq2 would put in
# place of an outlier if four replicates were enough for that.
replaced <- counts(replaceOutliers(dds, minReplicates = 4))
distances <- NULL
for (gene in c("ENSG00000241335", "ENSG00000229807")) {
  log2_count <- log2(counts(dds, normalized = TRUE)[gene, ] + 1)
  least_squares <- cooks.distance(lm(log2_count ~ samples$condition))
  distances <- rbind(distances, data.frame(
    gene = gene, sample = colnames(counts),
    least_squares = sprintf("%.17g", least_squares),
    deseq2 = sprintf("%.10g", cooks[gene, ]),
    replaced = replaced[gene, ]))
}
write.csv(distances, "tests/data/airway_cooks_R.csv", row.names = FALSE, quote = FALSE)

cat(nrow(table), "genes flagged; cutoff", qf(0.99, 2, 6), "\n")
cat(R.version.string, "DESeq2", format(packageVersion("DESeq2")), "\n")
