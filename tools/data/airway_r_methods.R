# Compare the airway samples by DESeq2, edgeR and limma-voom, and write one row a gene.
#
# Run it from the repository's folder, with R and these three Bioconductor packages:
#
#     Rscript tools/data/airway_r_methods.R
#
# It reads rnaseq_hw/data/airway/counts.csv.gz and samples.csv and writes r_methods.csv beside them;
# airway_pydeseq2.py packs that file. The versions of R's packages are in the folder's README.md.

suppressMessages({library(DESeq2); library(edgeR); library(limma)})

folder <- "rnaseq_hw/data/airway"
counts <- as.matrix(read.csv(file.path(folder, "counts.csv.gz"), row.names = 1))
samples <- read.csv(file.path(folder, "samples.csv"), row.names = 1)[colnames(counts), ]
samples$cell_line <- factor(samples$cell_line)
samples$condition <- relevel(factor(samples$condition), ref = "Control")

# DESeq2, every gene
dds <- DESeqDataSetFromMatrix(counts, samples, design = ~ cell_line + condition)
dds <- DESeq(dds, quiet = TRUE)
deseq2 <- results(dds, alpha = 0.05)

# edgeR and limma-voom, the genes with enough reads
design <- model.matrix(~ cell_line + condition, samples)
y <- DGEList(counts, group = samples$condition)
y <- y[filterByExpr(y), , keep.lib.sizes = FALSE]
y <- calcNormFactors(y)                       # TMM
edger <- glmQLFTest(glmQLFit(estimateDisp(y, design), design), coef = "conditionTreatment")$table
voom_fit <- eBayes(lmFit(voom(y, design), design))
voom <- topTable(voom_fit, coef = "conditionTreatment", number = Inf, sort.by = "none")

# One table, with NA where a method did not test the gene
genes <- rownames(counts)
table <- data.frame(
    deseq2_dispersion = signif(dispersions(dds), 4),
    deseq2_delta = round(deseq2$log2FoldChange, 4),
    deseq2_p_value = signif(deseq2$pvalue, 5),
    deseq2_adj_p_value = signif(deseq2$padj, 5),
    edger_delta = round(edger[genes, "logFC"], 4),
    edger_p_value = signif(edger[genes, "PValue"], 5),
    voom_delta = round(voom[genes, "logFC"], 4),
    voom_p_value = signif(voom[genes, "P.Value"], 5),
    row.names = genes)
write.csv(table, file.path(folder, "r_methods.csv"), quote = FALSE, na = "")

cat("called at an adjusted p-value below 0.05\n")
adjusted <- cbind(deseq2 = table$deseq2_adj_p_value,
                  edger = p.adjust(table$edger_p_value, "BH"),
                  voom = p.adjust(table$voom_p_value, "BH"))
print(colSums(adjusted < 0.05, na.rm = TRUE))
cat("DESeq2's trend and the variance of its prior\n")
print(attr(dispersionFunction(dds), "coefficients"))
print(attr(dispersionFunction(dds), "dispPriorVar"))
cat(R.version.string, "\n")
for (name in c("DESeq2", "edgeR", "limma")) cat(name, format(packageVersion(name)), "\n")
