# Power of Student's test with equal groups, by power.t.test: the table power_t_test_R.csv.
# From the repository's folder: Rscript tests/data/power_t_test.R
# Made with R 4.2.2, as Debian bookworm ships it.

settings <- expand.grid(n = c(2, 3, 6, 12, 24), effect = c(0.3, 1, 2, 4), alpha = c(0.05, 0.001))
settings$power <- apply(settings, 1, function(one) {
  power.t.test(one["n"], one["effect"], sd = 1, sig.level = one["alpha"])$power
})
settings$power <- sprintf("%.15g", settings$power)
write.csv(settings, "tests/data/power_t_test_R.csv", row.names = FALSE, quote = FALSE)
