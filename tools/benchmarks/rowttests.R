# Time genefilter's compiled t-test on a matrix that bench.py wrote: seconds, and versions.
arguments <- commandArgs(TRUE)
n_genes <- as.integer(arguments[2])
n_samples <- as.integer(arguments[3])
suppressMessages(library(genefilter))
x <- matrix(readBin(arguments[1], "double", n_genes * n_samples), n_genes, n_samples)
x[is.nan(x)] <- NA  # na.rm drops NA, not NaN
group <- factor(rep(0:1, c(n_samples %/% 2, n_samples - n_samples %/% 2)))
seconds <- replicate(as.integer(arguments[4]), {
  gc(FALSE)
  system.time(rowttests(x, group, na.rm = TRUE))[["elapsed"]]
})
cat(min(seconds), as.character(getRversion()), as.character(packageVersion("genefilter")), sep = "|")
