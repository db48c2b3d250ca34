/*
 * The closed forms of docs/theory.md for other ways an event travels: a connection that is held open (section 14), thin
 * webhooks (15) and batched webhooks (16), without failures, under Poisson arrivals. Times are in seconds.
 */
var pushpullOthers = (function () {
  "use strict";
  var DAY = 86400;
  var NO_LOSS = 1e-9;
  var ONE_PAGE = 1.001;
  var RARE = 1e-3;
  var NEGLIGIBLE = 1e-15;
  var BISECTIONS = 60;
  var QUANTILES = { latency_p50_ms: 0.5, latency_p90_ms: 0.9, latency_p99_ms: 0.99, latency_p999_ms: 0.999 };
  var forms = pushpullWhatIf;

  function quantiles(figures, seconds) {
    Object.keys(QUANTILES).forEach(function (column) { figures[column] = 1e3 * seconds(QUANTILES[column]); });
  }

  function requests(figures, perSecond, input) {
    figures.requests_per_day = perSecond * input.consumers * DAY;
    figures.requests_per_month = figures.requests_per_day * 30;
  }

  /* A line lives for U, then none is there for D; the newest that the provider keeps are replayed. */
  function held(input, run) {
    var breaks = input.lifetime_s > 0;
    var up = breaks ? input.lifetime_s : run.duration_s;
    var down = breaks ? run.held_leg_s + input.reconnect_s + run.held_return_s : 0;
    var cycle = up + down;
    var lost = breaks ? forms.lostToRetention(input.rate * down, run.retention) / (input.rate * cycle) : 0;
    var delivered = input.rate * (1 - lost);
    var figures = {
      lost_ratio: lost,
      requests_per_delivery: 1 / cycle / delivered,
      connections_per_delivery: 1 / cycle / delivered,
      connection_seconds_per_delivery: up / cycle / delivered,
      held_connections: input.consumers * up / cycle
    };
    requests(figures, 1 / cycle, input);
    if (breaks) {
      figures.lost_without_replay = down / cycle;
      figures.reconnects = input.consumers * run.duration_s / cycle;
    }
    if (breaks ? lost < NO_LOSS : run.held_leg_s > 0) {
      var share = down / cycle;
      figures.latency_mean_ms = 1e3 * (run.held_leg_s + down * down / (2 * cycle));
      quantiles(figures, function (p) { return run.held_leg_s + (share > 1 - p ? down * (1 - (1 - p) / share) : 0); });
    }
    return figures;
  }

  /* What reads bring that notices start, b after them, where the log shows an event only l after it; asked again if not. */
  function reads(rate, a, b, l, again) {
    var k = a + b, missable = Math.max(0, l - a);
    if (l <= a) {
      var within = 1 + rate * (k - l);
      return { reads: 1 / within, empty: 0, mean: (k + rate * (k - l) * (k + l) / 2) / within };
    }
    if (again < missable) return null;
    var caughtUp = Math.exp(-rate * missable), later = rate * again, atFirst = l <= k;
    var looks = (atFirst ? 1 - caughtUp : 1) / caughtUp;
    var events = 1 + rate * b + later * looks;
    var delays = atFirst ? k + rate * (k * b - b * b / 2 + again * missable) : k + again + rate * ((k + again) * b - b * b / 2);
    var laterDelays = rate * (a * again + again * again / 2 + again * missable);
    return { reads: (1 + looks) / events, empty: (atFirst ? 0 : 1) / (1 + looks), mean: (delays + looks * laterDelays) / events };
  }

  function thin(input, run) {
    var back = run.poll_leg_s, ping = run.webhook_leg_s, a = ping + back;
    var b = input.debounce_s || 0, l = input.lag_s || 0, k = a + b, again = run.again_after_s + 2 * back;
    var longest = k + (l <= a ? 0 : l + again), load = input.rate * longest;
    var onePage = longest === 0 || forms.requestsOfPoll(load, run.page_limit, run.retention) < ONE_PAGE &&
      forms.lostToRetention(load, run.retention) < NO_LOSS;
    var waits = l <= a ? back + l - ping - b : 2 * back - b;
    var course = reads(input.rate, a, b, l, again);
    if (!onePage || input.rate * waits >= RARE || !course) return {};
    var figures = { wasted_ratio: course.empty, lost_ratio: 0, requests_per_delivery: 1 + course.reads };
    requests(figures, input.rate * (1 + course.reads), input);
    var mean = back + course.mean;
    if (!(mean > 0)) return figures;
    figures.latency_mean_ms = 1e3 * mean;
    if (!(input.rate * k > RARE || l > 0)) figures.latency_p50_ms = 1e3 * mean;
    else if (l <= a) quantiles(figures, function (p) { return back + Math.min(k, l + p * (1 + input.rate * (k - l)) / input.rate); });
    return figures;
  }

  /* A batch waits from its first event for W, or until it has B events. */
  function batched(input, run) {
    var size = input.batch_size, longest = input.batch_wait_s, m = input.rate * longest, mean = 1, waits = 0;
    function atLeast(count) { return forms.survival(m, count - 1); }
    for (var count = 1; count < size; count++) {
      var more = atLeast(count);
      if (more < NEGLIGIBLE) break;
      mean += more;
      waits += count * more;
    }
    /* The share of events that waits for longer. */
    function longer(seconds) {
      if (seconds >= longest || size === 1) return 0;
      var before = input.rate * seconds, sum = before > 0 ? 1 - forms.survival(before, size - 2) : 1;
      for (var n = 0; n <= size - 3; n++) {
        var atWait = forms.survival(m, n);
        if (atWait < NEGLIGIBLE) break;
        sum += atWait - (before > 0 ? forms.survival(before, n) : 0);
      }
      return sum / mean;
    }
    function quantile(p) {
      if (longer(longest * (1 - NEGLIGIBLE)) > 1 - p) return longest;
      var low = 0, high = longest;
      for (var step = 0; step < BISECTIONS; step++) {
        var middle = (low + high) / 2;
        if (longer(middle) > 1 - p) low = middle; else high = middle;
      }
      return high;
    }
    var figures = { lost_ratio: 0, requests_per_delivery: 1 / mean, latency_mean_ms: 1e3 * (run.webhook_leg_s + waits / input.rate / mean) };
    requests(figures, input.rate / mean, input);
    quantiles(figures, function (p) { return run.webhook_leg_s + quantile(p); });
    return figures;
  }

  /* Figures by way and column; unknown ones are absent. */
  function predict(input, run) {
    var pushed = run.waits_s[0] === 0 && !run.wire && !(input.failure_rate > 0);
    var all = {
      held: held(input, run),
      thin: pushed ? thin(input, run) : {},
      batched: pushed ? batched(input, run) : {}
    };
    Object.keys(all).forEach(function (way) {
      Object.keys(all[way]).forEach(function (column) { if (!isFinite(all[way][column])) delete all[way][column]; });
    });
    return all;
  }

  return { predict: predict };
})();
