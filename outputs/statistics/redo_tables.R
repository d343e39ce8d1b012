# Trama's theme tables anew, from the files beside this script: themes, themes by variable, themes by item.
#
# Needs R 4.0 or newer and no package: Rscript rifai_tabelle.R prints the tables and leaves them in rifatte/, under the
# keys of Trama's own tables and columns. A figure that Trama does not give (too few persons, nobody, everybody) is blank.
# p values of rank tests are exact where arrangements are few; else they are drawn, and R draws others than Trama
# (column `drawn`). The bootstrap interval of Cramer's V is left out for that reason.

SEED <- 1
FEWEST <- 10      # respondents without whom there is no percentage and no test
FEWEST_IN_GROUP <- 3  # of which a test needs two groups
DRAWS <- 4999
LISTED <- 50000   # arrangements of persons that are all looked at

arguments <- commandArgs(trailingOnly = FALSE)
here <- dirname(normalizePath(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)[1])))
read <- function(name, ...) {
  read.csv(file.path(here, paste0(name, ".csv")), na.strings = "", encoding = "UTF-8", check.names = FALSE,
           stringsAsFactors = FALSE, ...)
}
variables <- read("dizionario", colClasses = "character")
variables[is.na(variables)] <- ""
of_segments <- variables[variables$file == "segmenti", ]
variables <- variables[variables$file == "rispondenti", ]
values <- read("etichette", colClasses = c(label = "character", missing = "character"))
values <- values[values$file == "rispondenti", ]
links <- read("legami", colClasses = "character")
texts <- variables$variable[variables$kind == "text"]
people <- read("rispondenti", colClasses = setNames(rep("character", length(texts)), texts))
people <- people[people$interviewed == 1, ]
themes <- variables$theme[variables$role == "mention"]
segments <- read("segmenti", colClasses = c(respondent = "character"))
sampled <- "draw" %in% names(segments)  # people read a known sample

TESTED <- c("effect", "low", "high", "haldane", "p", "tau", "tau_low", "tau_high")
no_test <- function() data.frame(effect_name = "", effect = NA, low = NA, high = NA, haldane = NA, p = NA, drawn = FALSE)

found <- function(name, effect, interval, p, drawn = FALSE, haldane = NA) {
  data.frame(effect_name = name, effect = effect, low = interval[1], high = interval[2], haldane = haldane, p = p,
             drawn = drawn)
}

# Frames with different columns, one below the other.
below <- function(frames) {
  names <- unique(unlist(lapply(frames, names)))
  filled <- lapply(frames, function(frame) {
    frame[setdiff(names, names(frame))] <- NA
    frame[names]
  })
  do.call(rbind, filled)
}

of_theme <- function(theme, role) {
  as.numeric(people[[variables$variable[variables$theme == theme & variables$role == role]]])
}

non_answers <- function(variable) values[values$variable == variable & !is.na(values$missing), ]

# ---- Intervals -------------------------------------------------------------------------------------------------------

# 95 % score interval of a proportion (Wilson 1927).
wilson <- function(count, n) {
  interval <- suppressWarnings(prop.test(count, n, correct = FALSE))$conf.int
  c(if (count == 0) 0 else interval[1], if (count == n) 1 else interval[2])
}

# Exact 95 % interval of a median from order statistics (Thompson 1936).
median_interval <- function(values) {
  sample <- sort(values)
  n <- length(sample)
  if (n < 6 || sample[1] == sample[n]) return(c(NA, NA))
  rank <- qbinom(0.025, n, 0.5)
  rank <- rank - (pbinom(rank, n, 0.5) > 0.025)
  c(sample[rank + 1], sample[n - rank])
}

# 95 % interval of sum(parts) / sum(wholes), persons being the units, on the logit scale (Korn & Graubard 1998).
ratio_interval <- function(parts, wholes) {
  n <- length(parts)
  total <- sum(wholes)
  if (n < 3 || sum(parts) == 0 || sum(parts) == total) return(c(NA, NA))
  ratio <- sum(parts) / total
  spread <- sum((parts - ratio * wholes)^2)
  if (spread <= 1e-18 * total^2) return(c(NA, NA))
  error <- sqrt(n / (n - 1) * spread) / total
  half <- qt(0.975, n - 1) * error / (ratio * (1 - ratio))
  plogis(qlogis(ratio) + c(-half, half))
}

# 95 % interval of P(X > Y) + P(X = Y)/2 in groups of m and n (Newcombe 2006, method 5).
superiority <- function(theta, m, n) {
  z2 <- qnorm(0.975)^2
  star <- (m + n) / 2 - 1
  excess <- function(value) {
    spread <- 1 + star * (1 - value) / (2 - value) + star * value / (1 + value)
    (theta - value)^2 - z2 * value * (1 - value) * spread / (m * n)
  }
  root <- function(low, high) uniroot(excess, c(low, high), tol = 1e-12)$root
  c(if (theta <= 0) 0 else root(0, min(theta, 1 - 1e-9)), if (theta >= 1) 1 else root(max(theta, 1e-9), 1))
}

# The noncentrality of which a chi-square statistic is the quantile of this level.
noncentral <- function(statistic, df, level) {
  excess <- function(noncentrality) pchisq(statistic, df, noncentrality) - level
  if (excess(0) <= 0) return(0)
  uniroot(excess, c(0, 4 * statistic + 40), tol = 1e-12)$root
}

# Jackknife interval of a correlation, on Fisher's z unless one person alone makes the difference.
over_persons <- function(value, without) {
  n <- length(without)
  if (anyNA(without) || diff(range(without)) < 1e-12) return(c(NA, NA))
  apart <- (without - mean(without))^2
  inside <- max(apart) <= 0.5 * sum(apart) && max(abs(value), abs(without)) < 1 - 1e-12
  places <- if (inside) atanh(without) else without
  half <- qt(0.975, n - 1) * sqrt((n - 1) / n * sum((places - mean(places))^2))
  ends <- (if (inside) atanh(value) else value) + c(-half, half)
  if (inside) tanh(ends) else pmin(pmax(ends, -1), 1)
}

# Lower limit (Bonett & Wright 2000) of the rho of n persons of whom two neighbours changed places.
nearly_perfect <- function(n) {
  if (n <= 3) return(-1)
  rho <- 1 - 12 / (n * (n^2 - 1))
  tanh(atanh(rho) - qnorm(0.975) * sqrt((1 + rho^2 / 2) / (n - 3)))
}

# ---- Tests -----------------------------------------------------------------------------------------------------------

# The conditional odds ratio and its exact interval, to more digits than fisher.test seeks them.
odds_ratio <- function(table) {
  x <- table[1, 1]
  inside <- sum(table[, 1])
  outside <- sum(table[, 2])
  support <- max(0, sum(table[1, ]) - outside):min(sum(table[1, ]), inside)
  logs <- dhyper(support, inside, outside, sum(table[1, ]), log = TRUE)
  law <- function(log_ratio) {
    weights <- logs + log_ratio * support
    weights <- exp(weights - max(weights))
    weights / sum(weights)
  }
  seek <- function(excess) exp(uniroot(excess, c(-30, 30), tol = 1e-13)$root)
  lowest <- x == min(support)
  highest <- x == max(support)
  c(
    if (lowest) 0 else if (highest) Inf else seek(function(log_ratio) sum(law(log_ratio) * support) - x),
    if (lowest) 0 else seek(function(log_ratio) sum(law(log_ratio)[support >= x]) - 0.025),
    if (highest) Inf else seek(function(log_ratio) sum(law(log_ratio)[support <= x]) - 0.025)
  )
}

# Fisher's exact test with the conditional odds ratio; with an empty cell the Haldane-Anscombe ratio stands beside it.
fisher <- function(table) {
  if (any(rowSums(table) == 0) || any(colSums(table) == 0)) return(no_test())
  ratio <- odds_ratio(table)
  more <- table + 0.5
  haldane <- if (any(table == 0)) more[1, 1] * more[2, 2] / (more[1, 2] * more[2, 1]) else NA
  found("odds ratio", ratio[1], ratio[2:3], fisher.test(table)$p.value, haldane = haldane)
}

# Fisher-Freeman-Halton test of 2 x k with Cramer's V without its bias (Bergsma 2013).
freeman_halton <- function(table) {
  table <- table[, colSums(table) > 0, drop = FALSE]
  if (ncol(table) < 2 || any(rowSums(table) == 0) || sum(table) < 3) return(no_test())
  test <- fisher.test(table, workspace = 2e7)
  n <- sum(table)
  expected <- outer(rowSums(table), colSums(table)) / n
  phi2 <- sum((table - expected)^2 / expected) / n
  r <- nrow(table)
  k <- ncol(table)
  size <- min(r - (r - 1)^2 / (n - 1), k - (k - 1)^2 / (n - 1)) - 1
  v <- if (size > 0) min(sqrt(max(phi2 - (r - 1) * (k - 1) / (n - 1), 0) / size), 1) else 0
  found("cramer v", v, c(NA, NA), test$p.value)
}

# Every way to lay persons into groups of these sizes, one a row; NULL where they are too many.
arrangements <- function(persons, sizes) {
  if (lfactorial(length(persons)) - sum(lfactorial(sizes)) > log(LISTED) + 1e-9) return(NULL)
  if (length(sizes) == 1) return(matrix(persons, nrow = 1))
  first <- combn(length(persons), sizes[1])
  laid <- lapply(seq_len(ncol(first)), function(column) {
    rest <- arrangements(persons[-first[, column]], sizes[-1])
    cbind(matrix(persons[first[, column]], nrow(rest), sizes[1], byrow = TRUE), rest)
  })
  do.call(rbind, laid)
}

# The share of arrangements of persons in groups of these sizes whose statistic is at least that observed.
permutation_p <- function(ranks, sizes, statistic) {
  observed <- statistic(matrix(ranks, nrow = 1)) - 1e-9
  every <- arrangements(seq_along(ranks), sizes)
  if (!is.null(every)) {
    return(list(p = mean(statistic(matrix(ranks[every], nrow(every))) >= observed), drawn = FALSE))
  }
  set.seed(SEED)
  drawn <- t(replicate(DRAWS, sample(ranks)))
  list(p = (sum(statistic(drawn) >= observed) + 1) / (DRAWS + 1), drawn = TRUE)
}

# Permutation Mann-Whitney test with Cliff's delta, positive when `first` holds the larger values.
mann_whitney <- function(first, second) {
  pooled <- c(first, second)
  if (min(length(first), length(second)) < 2 || diff(range(pooled)) == 0) return(no_test())
  delta <- mean(sign(outer(first, second, "-")))
  samples <- if (length(first) <= length(second)) list(first, second) else list(second, first)
  ranks <- rank(unlist(samples))
  m <- length(samples[[1]])
  apart <- function(arranged) abs(rowMeans(arranged[, seq_len(m), drop = FALSE]) - mean(ranks))
  test <- permutation_p(ranks, lengths(samples), apart)
  found("cliff delta", delta, 2 * superiority((delta + 1) / 2, length(first), length(second)) - 1, test$p, test$drawn)
}

# Kruskal-Wallis test by permutation with epsilon squared; its interval takes H for a noncentral chi-square.
kruskal_wallis <- function(values, group) {
  samples <- split(values, group)
  if (length(samples) < 2 || min(lengths(samples)) < 2 || diff(range(values)) == 0) return(no_test())
  samples <- samples[order(lengths(samples))]
  sizes <- lengths(samples)
  ranks <- rank(unlist(samples))
  n <- length(ranks)
  member <- rep(seq_along(sizes), sizes)
  tied <- as.numeric(table(ranks))
  ties <- 1 - sum(tied^3 - tied) / (n^3 - n)
  statistic <- function(arranged) {
    sums <- sapply(seq_along(sizes), function(each) rowSums(arranged[, member == each, drop = FALSE]))
    sums <- matrix(sums, nrow(arranged))
    (12 / (n * (n + 1)) * drop(sums^2 %*% (1 / sizes)) - 3 * (n + 1)) / ties
  }
  h <- statistic(matrix(ranks, nrow = 1))
  ends <- c(noncentral(h, length(sizes) - 1, 0.975), noncentral(h, length(sizes) - 1, 0.025)) / (n - 1)
  test <- permutation_p(ranks, sizes, statistic)
  found("epsilon squared", h / (n - 1), pmin(ends, 1), test$p, test$drawn)
}

# Spearman's rho and Kendall's tau-b with jackknife intervals over persons; the p value of rho by permutation.
spearman <- function(x, y) {
  if (length(x) < 3 || diff(range(x)) == 0 || diff(range(y)) == 0) return(no_test())
  n <- length(x)
  a <- rank(x)
  b <- rank(y)
  correlation <- function(one, other) suppressWarnings(cor(one, other))
  rho <- correlation(a, b)
  orders <- if (factorial(n) <= LISTED) arrangements(seq_len(n), rep(1, n)) else NULL
  if (is.null(orders)) {
    set.seed(SEED)
    extreme <- replicate(DRAWS, abs(correlation(a, sample(b))) >= abs(rho) - 1e-12)
    p <- (sum(extreme) + 1) / (DRAWS + 1)
  } else {
    p <- mean(apply(orders, 1, function(order) abs(correlation(a, b[order])) >= abs(rho) - 1e-12))
  }
  left <- function(method) {
    sapply(seq_len(n), function(person) suppressWarnings(cor(x[-person], y[-person], method = method)))
  }
  if (abs(rho) > 1 - 1e-12) {
    interval <- if (rho > 0) c(nearly_perfect(n), 1) else c(-1, -nearly_perfect(n))
  } else {
    interval <- if (n >= 5) over_persons(rho, left("spearman")) else c(-1, 1)
    if (anyNA(interval)) interval <- c(-1, 1)
  }
  tau <- cor(x, y, method = "kendall")
  ends <- over_persons(tau, left("kendall"))
  cbind(found("spearman rho", rho, interval, p, is.null(orders)), tau = tau, tau_low = ends[1], tau_high = ends[2])
}

# A family of tests with q (Benjamini & Hochberg 1995).
adjusted <- function(family) {
  family$q <- p.adjust(family$p, method = "BH")
  family$family <- sum(!is.na(family$p))
  family
}

# ---- Tables ----------------------------------------------------------------------------------------------------------

prevalence <- function() {
  n <- nrow(people)
  rows <- lapply(themes, function(theme) {
    mentioned <- sum(of_theme(theme, "mention"))
    segments <- of_theme(theme, "segments")
    words <- of_theme(theme, "words")
    interval <- if (n >= FEWEST) wilson(mentioned, n) else c(NA, NA)
    of_segments <- ratio_interval(segments, people$spoken)
    of_words <- median_interval(words)
    row <- data.frame(
      theme_code = theme, n = n, mentioned = mentioned, share = if (n >= FEWEST) mentioned / n else NA,
      share_low = interval[1], share_high = interval[2], segments = sum(segments),
      segment_share = sum(segments) / sum(people$spoken), segment_low = of_segments[1], segment_high = of_segments[2],
      words = median(words), words_q1 = quantile(words, 0.25), words_q3 = quantile(words, 0.75),
      words_low = of_words[1], words_high = of_words[2]
    )
    if (!sampled) return(row)
    figure <- corrected_figure(theme, if (drawn_whole()) "respondents" else "segments")
    cbind(row, figure[c("corrected", "corrected_low", "corrected_high")])
  })
  below(rows)
}

# What is known of a theme, one value a segment that could be drawn: what the machine reads of what counts.
of_drawable <- function(theme, role) {
  column <- function(theme, role) segments[[of_segments$variable[of_segments$theme == theme & of_segments$role == role][1]]]
  column(theme, role)[segments$counted == 1 & !is.na(column(themes[1], "machine"))]
}

# Whether respondents were drawn with all that they say, and not segments.
drawn_whole <- function() any(of_drawable("", "draw") == 2, na.rm = TRUE)

# The corrected mean of each row of sums (rows, 7).
powered_mean <- function(totals) {
  v <- totals[, 3]
  variance <- totals[, 6] / v - (totals[, 5] / v)^2
  slope <- (totals[, 7] / v - totals[, 4] * totals[, 5] / v^2) / variance
  taken <- ifelse(is.finite(variance) & variance > 1e-12, pmin(pmax(slope, 0), 1), 0)
  taken * totals[, 2] / totals[, 1] + (totals[, 4] - taken * totals[, 5]) / v
}

no_share <- function(corrected = NA, alone = NA) {
  data.frame(corrected = corrected, corrected_low = NA, corrected_high = NA, read_alone = alone)
}

# What the variance lacks because rare errors were not met in the sample: as if half a segment more with the theme and
# half a one without had been read on each side of the machine; 0 where the probabilities of each respondent's segments
# are alike.
unseen_variance <- function(machine, by_people, weight, expanded, person) {
  is_read <- expanded > 0
  stands_for <- expanded[is_read] / weight[is_read]
  if (isTRUE(all.equal(stands_for, ave(stands_for, person[is_read])))) return(0)
  sum(sapply(list(machine < 0.5, machine >= 0.5), function(coded) {
    part <- sum(weight[coded]) / sum(weight)
    v <- expanded[coded & is_read]
    if (length(v) == 0) return(part^2 / 12)  # anything from 0 to 1
    n <- sum(v)^2 / sum(v^2)
    seen <- sum(v * by_people[coded & is_read]) / sum(v)
    likely <- (seen * n + 0.5) / (n + 1)
    part^2 * max(likely * (1 - likely) - seen * (1 - seen), 0) / n
  }))
}

# The mean of the machine everywhere and its mean error in the sample, as much of the machine as is most precise:
# prediction-powered inference with power tuning (Angelopoulos, Duchi & Zrnic 2023), weights over the probabilities,
# variance by leaving out one respondent at a time.
corrected_share <- function(machine, by_people, probability, person, weight) {
  is_read <- !is.na(by_people) & weight > 0
  v <- ifelse(is_read, weight / probability, 0)
  y <- ifelse(is.na(by_people), 0, by_people)
  alone <- if (any(is_read)) sum(v * y) / sum(v) else NA
  readers <- length(unique(person[is_read]))
  if (readers < 3 || (!all(is_read) && length(unique(y[is_read])) == 1)) return(no_share(alone = alone))
  columns <- cbind(weight, weight * machine, v, v * y, v * machine, v * machine^2, v * y * machine)
  sums <- rowsum(columns, person)
  total <- matrix(colSums(sums), nrow = 1)
  value <- powered_mean(total)
  left <- powered_mean(total[rep(1, nrow(sums)), , drop = FALSE] - sums)
  n <- length(left)
  error <- sqrt((n - 1) / n * sum((left - mean(left))^2) + unseen_variance(machine, y, weight, v, person))
  if (error < 1e-12) return(no_share(if (all(is_read)) value else NA, alone))
  half <- qt(0.975, readers - 1) * error
  ends <- if (value > 0 && value < 1) plogis(qlogis(value) + c(-half, half) / (value * (1 - value)))
    else pmin(pmax(value + c(-half, half), 0), 1)
  data.frame(corrected = min(max(value, 0), 1), corrected_low = ends[1], corrected_high = ends[2], read_alone = alone)
}

# One corrected share, beside that of all codings (`plain`) and that of what people read alone.
corrected_figure <- function(theme, figure) {
  person <- of_drawable("", "place")
  machine <- of_drawable(theme, "machine")
  coded <- of_drawable(theme, "coded")
  probability <- of_drawable(theme, "probability")
  by_people <- ifelse(is.na(probability), NA, of_drawable(theme, "human"))
  counts <- data.frame(read = sum(!is.na(by_people)), segments = sum(coded))
  weight <- if (figure == "words") of_drawable("", "spoken") else rep(1, length(machine))
  plain <- sum(coded * weight) / sum(weight)
  found <- no_share()
  if (figure != "respondents") {
    found <- corrected_share(machine, by_people, probability, person, weight)
  } else {
    plain <- mean(tapply(coded, person, max))
    if (drawn_whole()) {
      read_of <- tapply(!is.na(by_people), person, sum)
      whole <- read_of == table(person)[names(read_of)]
      known <- whole & all(whole | read_of == 0)
      said <- tapply(ifelse(is.na(by_people), 0, by_people), person, max)
      chance <- suppressWarnings(tapply(probability, person, min, na.rm = TRUE))
      found <- corrected_share(as.numeric(tapply(machine, person, max)), ifelse(known, said, NA), as.numeric(chance),
                               names(read_of), rep(1, length(read_of)))
    }
  }
  cbind(theme_code = theme, figure = figure, found, plain = plain, counts)
}

corrected_figures <- function() {
  below(lapply(themes, function(theme) {
    below(lapply(c("segments", "words", "respondents"), function(figure) corrected_figure(theme, figure)))
  }))
}

themes_by_group <- function(variable) {
  group <- people[[variable]]
  labels <- values[values$variable == variable & values$value %in% group, ]
  known <- !is.na(group)
  rows <- lapply(themes, function(theme) {
    mentioned <- of_theme(theme, "mention") == 1
    inside <- sapply(labels$value, function(code) sum(mentioned & known & group == code, na.rm = TRUE))
    sizes <- sapply(labels$value, function(code) sum(group == code, na.rm = TRUE))
    row <- data.frame(theme_code = theme)
    for (each in seq_along(sizes)) {
      row[[labels$label[each]]] <- inside[each]
      if (sizes[each] >= FEWEST) row[[paste0(labels$label[each], "/share")]] <- inside[each] / sizes[each]
    }
    table <- rbind(inside, sizes - inside)
    test <- if (length(sizes) < 2 || sum(sizes) < FEWEST || sort(sizes, decreasing = TRUE)[2] < FEWEST_IN_GROUP) no_test()
      else if (length(sizes) == 2) fisher(table)
      else freeman_halton(table)
    cbind(row, n = sum(sizes), unknown = sum(!known), test)
  })
  adjusted(below(rows))
}

item_tests <- function(theme, variable, kind) {
  cells <- people[[variable]]
  codes <- non_answers(variable)
  answered <- !is.na(cells) & !(cells %in% codes$value)
  if (kind %in% c("text", "date")) return(cbind(measure = "mention", n = sum(answered), no_test()))
  answer <- as.numeric(cells[answered])
  mentioned <- of_theme(theme, "mention")[answered] == 1
  share <- of_theme(theme, "words")[answered]
  if (kind == "single") {
    one_side <- sum(mentioned) %in% c(0, length(mentioned)) || length(unique(answer)) < 2
    table <- rbind(table(factor(answer)[!mentioned]), table(factor(answer)[mentioned]))
    return(below(list(
      cbind(measure = "mention", n = length(answer), mentioned = sum(mentioned),
            if (one_side) no_test() else freeman_halton(table)),
      cbind(measure = "share", n = length(answer), kruskal_wallis(share, answer))
    )))
  }
  if (kind != "number") {
    own <- values[values$variable == variable, ]
    answer <- own$number[match(answer, own$value)]
  }
  known <- !is.na(answer)
  # Nobody knows which answer is yes, or in which order they stand.
  if (length(answer) > 0 && !any(known)) return(cbind(measure = "mention", n = length(answer), no_test()))
  if (kind %in% c("multi", "yesno")) {
    yes <- answer == 1
    counts <- data.frame(n = length(yes), ticked = sum(yes))
    table <- rbind(c(sum(mentioned & yes), sum(mentioned & !yes)), c(sum(!mentioned & yes), sum(!mentioned & !yes)))
    return(below(list(
      cbind(measure = "mention", counts, mentioned = sum(mentioned), both = sum(mentioned & yes), fisher(table)),
      cbind(measure = "share", counts, mann_whitney(share[yes], share[!yes]))
    )))
  }
  answer <- answer[known]
  mentioned <- mentioned[known]
  share <- share[known]
  counts <- data.frame(n = length(answer), mentioned = sum(mentioned))
  below(list(
    cbind(measure = "mention", counts, typical_mentioned = median(answer[mentioned]),
          typical_others = median(answer[!mentioned]), mann_whitney(answer[mentioned], answer[!mentioned])),
    cbind(measure = "share", counts, spearman(share, answer))
  ))
}

themes_by_item <- function() {
  families <- lapply(unique(links$theme), function(theme) {
    rows <- list()
    for (item in links$item[links$theme == theme]) {
      # Beside an open text stands who answered.
      asked <- variables[variables$item == item & variables$role %in% c("item", "answered") & variables$kind != "text", ]
      for (each in seq_len(nrow(asked))) {
        variable <- asked$variable[each]
        tests <- item_tests(theme, variable, asked$type[each])
        few <- tests$n < FEWEST
        for (name in intersect(TESTED, names(tests))) tests[few, name] <- NA
        tests$effect_name[few] <- ""
        codes <- non_answers(variable)
        kinds <- codes$missing[match(people[[variable]], codes$value)]
        count <- function(kind) sum(kinds == kind, na.rm = TRUE)
        rows[[length(rows) + 1]] <- cbind(
          data.frame(theme_code = theme, item = item, option = asked$option[each]), tests,
          dont_know = count("dont_know"), no_reply = count("no_answer"), not_shown = count("not_shown"),
          rejected = count("rejected"), no_questionnaire = count("no_questionnaire")
        )
      }
    }
    if (length(rows)) adjusted(below(rows)) else data.frame()
  })
  below(families[sapply(families, nrow) > 0])
}

tables <- list(temi = prevalence(), temi_domande = themes_by_item())
if (sampled) tables$cifre_corrette <- corrected_figures()
grouping <- variables[variables$role == "group", ]
for (each in seq_len(nrow(grouping))) {
  key <- paste0("temi_", gsub("\\W+", "_", grouping$label[each], perl = FALSE))
  tables[[key]] <- themes_by_group(grouping$variable[each])
}
dir.create(file.path(here, "rifatte"), showWarnings = FALSE)
options(width = 250)
for (key in names(tables)) {
  table <- tables[[key]]
  if (is.null(table)) table <- data.frame()
  file <- file(file.path(here, "rifatte", paste0(key, ".csv")), open = "w", encoding = "UTF-8")
  write.csv(table, file, row.names = FALSE, na = "")
  close(file)
  cat("\n", key, "\n", sep = "")
  print(format(table, digits = 4), row.names = FALSE)
}
