/* The closed forms of docs/theory.md for fixed polling and webhooks under Poisson arrivals. */
var pushpullWhatIf = (function () {
  "use strict";
  var DAY = 86400;
  var LOST = 1e-6;
  var MANY_LOST = 1e-3;
  var NO_LOSS = 1e-9;
  var ONE_PAGE = 1.001;
  var PANELS = 4096;
  var EMPTY_PAGE = '{"data":[],"next_cursor":"","has_more":false}'.length;
  var QUANTILES = { latency_p50_ms: 0.5, latency_p90_ms: 0.9, latency_p95_ms: 0.95, latency_p99_ms: 0.99, latency_p999_ms: 0.999 };

  function digits(number) {
    return String(Math.trunc(number)).length;
  }

  /* Mean digits of the whole numbers from 0 to last. */
  function meanDigits(last) {
    var mean = 1;
    for (var power = 10; power <= last; power *= 10) mean += 1 - power / (last + 1);
    return mean;
  }

  function logFactorial(n) {
    var sum = 0;
    if (n < 30) {
      for (var i = 2; i <= n; i++) sum += Math.log(i);
      return sum;
    }
    return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * Math.pow(n, 3)) +
      1 / (1260 * Math.pow(n, 5));
  }

  /* P(N = n) of a Poisson number with mean m. */
  function probability(m, n) {
    return Math.exp(n * Math.log(m) - m - logFactorial(n));
  }

  /* P(N > n). */
  function survival(m, n) {
    var sum = 1;
    var term = 1;
    if (n < m) {
      for (var down = n; down > 0 && term > 1e-18; down--) sum += term *= down / m;
      return Math.max(0, 1 - probability(m, n) * sum);
    }
    for (var up = n + 2; term > 1e-18; up++) sum += term *= m / up;
    return probability(m, n + 1) * sum;
  }

  /* Requests of a poll that continues while there is more (section 3). */
  function requestsOfPoll(m, pageLimit, retention) {
    var requests = Math.exp(-m);
    for (var before = 0; before < retention; before += pageLimit) {
      var more = survival(m, before);
      if (more < 1e-16) break;
      requests += more;
    }
    return requests;
  }

  /* Events displaced by newer ones before a poll (section 8). */
  function lostToRetention(m, kept) {
    return Math.max(0, m * survival(m, kept - 1) - kept * survival(m, kept));
  }

  /* Lambert's W0: starts from a series about the branch point or from logarithms, then iterates by Halley. */
  function lambertW(x) {
    function near(p) { return -1 + p * (1 + p * (-1 / 3 + p * (11 / 72 + p * (-43 / 540)))); }
    var p = Math.sqrt(Math.max(0, 2 * (Math.E * x + 1)));
    if (p < 1e-4) return near(p);
    var w = p < 1 ? near(p) : x < 3 ? Math.log1p(x) : Math.log(x) - Math.log(Math.log(x));
    for (var step = 0; step < 50; step++) {
      var power = Math.exp(w);
      var excess = w * power - x;
      var next = w - excess / (power * (w + 1) - (w + 2) * excess / (2 * w + 2));
      if (Math.abs(next - w) <= 1e-16 * Math.abs(next)) return next;
      w = next;
    }
    return w;
  }

  /* The part of each message's bytes that depends on the sliders; the rest is the difference from the run's own bytes. */
  function variable(input, run) {
    var cursor = meanDigits(input.rate * run.duration_s);
    var consumer = meanDigits(input.consumers - 1);
    var stream = run.shared ? 0 : consumer;
    var event = run.event_frame + stream + cursor + input.payload;
    return {
      request: stream + cursor * (run.conditional ? 2 : 1),
      empty: run.conditional ? cursor : 2 * cursor + digits(EMPTY_PAGE + cursor),
      page: 2 * cursor + digits(EMPTY_PAGE + event),
      event: event,
      attempt: consumer + digits(event) + event
    };
  }

  /* Bytes of each message, headers included (section 4); null if the run has none. */
  function bytes(input, run) {
    if (!run.bytes) return null;
    var own = { rate: run.rate, consumers: run.consumers, payload: run.payload };
    var framed = Object.assign({}, run, { event_frame: 0 });
    framed.event_frame = run.bytes.event - 1 - variable(own, framed).event;
    var base = variable(own, framed);
    base.event += 1;
    var here = variable(input, framed);
    here.event += 1;
    var sizes = {};
    Object.keys(here).forEach(function (part) { sizes[part] = run.bytes[part] - base[part] + here[part]; });
    return sizes;
  }

  /* Webhook attempts that fail independently (sections 4 and 8). */
  function course(input, run) {
    var waits = run.waits_s.slice(0, input.attempts);
    var failing = 1;
    var time = 0;
    var attempts = 0;
    var delay = 0;
    waits.forEach(function (wait) {
      time += wait * (1 + run.jitter / 2);
      attempts += failing;
      delay += failing * (1 - input.failure_rate) * time;
      failing *= input.failure_rate;
    });
    return { attempts: attempts, lost: failing, delay: delay / (1 - failing) };
  }

  /* The delay by retries that a share p of the deliveries does not exceed; NaN when jitter spreads the attempt on which it falls. */
  function delayQuantile(input, run, p) {
    var waits = run.waits_s.slice(0, input.attempts);
    var wanted = p * (1 - Math.pow(input.failure_rate, waits.length));
    var time = 0;
    for (var j = 0; j < waits.length; j++) {
      time += waits[j];
      if (1 - Math.pow(input.failure_rate, j + 1) >= wanted) return time === 0 || run.jitter === 0 ? time : NaN;
    }
    return NaN;
  }

  /* The time of an attempt's shortest and longest way through its waits, and of how many of these jitter. */
  function times(input, run) {
    var least = 0, random = 0;
    return run.waits_s.slice(0, input.attempts).map(function (wait) {
      least += wait;
      random += wait > 0 && run.jitter > 0 ? 1 : 0;
      return { least: least, random: random };
    });
  }

  /* The mean of a function of an attempt's time that is constant from some time on; NaN where several waits before that jitter. */
  function expected(time, value, constantFrom, jitter) {
    if (time.random === 0) return value(time.least);
    if (time.least >= constantFrom) return value(constantFrom);
    if (time.random > 1) return NaN;
    var width = time.least * jitter;
    var sum = value(time.least) + value(time.least + width);
    for (var i = 1; i < PANELS; i++) sum += (i % 2 === 1 ? 4 : 2) * value(time.least + width * i / PANELS);
    return sum / (3 * PANELS);
  }

  /*
   * Webhooks, and a poll every R that finds what has not arrived (section 8): the steps of the sum over j of
   * f^j (F(S_j) − F(S_(j−1))), as {failed, from, to}.
   */
  function steps(input, run, integral, constantFrom, end) {
    var made = [], failed = 1, before = 0;
    times(input, run).forEach(function (time) {
      if (failed === 0) return;
      var reached = expected(time, integral, Math.max(0, constantFrom), run.jitter);
      made.push({ failed: failed, from: before, to: reached });
      before = reached;
      failed *= input.failure_rate;
    });
    if (failed > 0) made.push({ failed: failed, from: before, to: end });
    return made;
  }

  function sum(steps) {
    return steps.reduce(function (all, step) { return all + step.failed * (step.to - step.from); }, 0);
  }

  /* How late an event is that either brings: F is the time without a poll so far. */
  function meanSteps(input, run) {
    var longest = run.poll_leg_s + input.reconcile_s;
    return steps(input, run, function (time) {
      var seconds = Math.min(time + run.webhook_leg_s, longest), beyond = Math.max(0, seconds - run.poll_leg_s);
      return seconds - beyond * beyond / (2 * input.reconcile_s);
    }, longest - run.webhook_leg_s, run.poll_leg_s + input.reconcile_s / 2);
  }

  /* The time before a poll during which an event's webhook would come after it. */
  function exposure(input, run) {
    var late = run.webhook_leg_s - run.poll_leg_s;
    return sum(steps(input, run, function (time) {
      return Math.min(input.reconcile_s, Math.max(0, time + late));
    }, input.reconcile_s - late, input.reconcile_s));
  }

  /* {delay, by}: polls alone, the first webhook, or a poll after it; NaN beyond the first retry. */
  function reconciledQuantile(input, run, p) {
    var all = times(input, run), first = all[0].least + run.webhook_leg_s, f = input.failure_rate, alone = run.poll_leg_s + p * input.reconcile_s;
    if (all[0].random > 0) return { delay: NaN };
    if (alone < first) return { delay: alone, by: "poll" };
    var unpolled = Math.min(1, Math.max(0, 1 - (first - run.poll_leg_s) / input.reconcile_s));
    if (f * unpolled <= 1 - p) return { delay: first, by: "webhook" };
    var found = run.poll_leg_s + input.reconcile_s * (1 - (1 - p) / f);
    return { delay: all.length === 1 || found <= all[1].least + run.webhook_leg_s ? found : NaN, by: "later poll" };
  }

  /* Whether its polls find all that was lost, so that closed forms are known. */
  function reconciles(input, run, way) {
    var load = input.rate * input.reconcile_s;
    return way.lost === 0 || lostToRetention(load, run.retention) / load < NO_LOSS;
  }

  /* Bytes of a polled event. */
  function polled(size, load, requests) {
    var empty = Math.exp(-load);
    return (size.request * requests + size.empty * empty + size.page * (requests - empty)) / load + size.event;
  }

  /* Polls read every event again. */
  function reconciled(input, run, size, way) {
    if (!reconciles(input, run, way)) return {};
    var load = input.rate * input.reconcile_s, requests = requestsOfPoll(load, run.page_limit, run.retention), mean = sum(meanSteps(input, run));
    var figures = {
      lost_ratio: 0,
      wasted_ratio: Math.exp(-input.rate * exposure(input, run)),
      requests_per_delivery: way.attempts + requests / load,
      requests_per_day: (input.rate * way.attempts + requests / input.reconcile_s) * input.consumers * DAY
    };
    if (mean > 0) figures.latency_mean_ms = 1e3 * mean;
    Object.keys(QUANTILES).forEach(function (column) {
      var found = reconciledQuantile(input, run, QUANTILES[column]);
      if (found.delay > 0 && (found.by !== "webhook" || column === "latency_p50_ms")) figures[column] = 1e3 * found.delay;
    });
    /* the run's polls have other sizes where an empty one has no body */
    if (size && !run.conditional) figures.bytes_per_delivery = way.attempts * size.attempt + polled(size, load, requests);
    return figures;
  }

  function polling(input, run, size, pushed) {
    var load = input.rate * input.interval_s;
    var wasted = Math.exp(-load);
    var requests = requestsOfPoll(load, run.page_limit, run.retention);
    var lost = lostToRetention(load, run.retention) / load;
    var delivered = load * (1 - lost);
    var figures = {
      load_factor: load,
      wasted_ratio: wasted,
      lost_ratio: lost,
      requests_per_delivery: requests / delivered,
      requests_per_day: requests / input.interval_s * input.consumers * DAY
    };
    if (lost < NO_LOSS) {
      figures.latency_mean_ms = 1e3 * (input.interval_s / 2 + run.poll_leg_s);
      Object.keys(QUANTILES).forEach(function (column) {
        figures[column] = 1e3 * (QUANTILES[column] * input.interval_s + run.poll_leg_s);
      });
    }
    if (size) {
      figures.bytes_per_delivery = (size.request * requests + size.empty * wasted + size.page * (requests - wasted)) /
        delivered + size.event;
    }
    var crossover = 1 / pushed.requests;
    if (requestsOfPoll(crossover, run.page_limit, run.retention) < ONE_PAGE) {
      figures.crossover_requests_load_factor = crossover;
    }
    if (size) {
      var k = pushed.bytes - size.event;
      var a = (size.request + size.page) / k;
      var at = k > 0 ? a + lambertW(-(size.page - size.empty) / k * Math.exp(-a)) : NaN;
      if (at > 0 && requestsOfPoll(at, run.page_limit, run.retention) < ONE_PAGE) figures.crossover_bytes_load_factor = at;
    }
    return figures;
  }

  function webhook(input, run, size, way) {
    var perDelivery = way.attempts / (1 - way.lost);
    var figures = {
      lost_ratio: way.lost,
      requests_per_delivery: perDelivery,
      requests_per_day: input.rate * way.attempts * input.consumers * DAY
    };
    var mean = run.webhook_leg_s + way.delay;
    if (mean > 0) figures.latency_mean_ms = 1e3 * mean;
    Object.keys(QUANTILES).forEach(function (column) {
      var wait = delayQuantile(input, run, QUANTILES[column]);
      if (wait > 0 || column === "latency_p50_ms" && run.webhook_leg_s > 0) {
        figures[column] = 1e3 * (run.webhook_leg_s + wait);
      }
    });
    if (size) figures.bytes_per_delivery = perDelivery * size.attempt;
    return figures;
  }

  /* Sums of a month, as far as they were named: a mode without a fixed sum has none if the other has one. */
  function money(figures, input, fixed) {
    var priced = input.price != null;
    var any = input.fixed_polling != null || input.fixed_webhook != null;
    /* a price that leaves out undelivered events cannot be compared */
    if (priced) figures.monthly_bill = figures.lost_ratio >= MANY_LOST ? NaN : figures.requests_per_month * input.price / 1e6;
    if (any) figures.monthly_fixed_sum = fixed || 0;
    if (priced || any) figures.monthly_total = (priced ? figures.monthly_bill : 0) + (any ? figures.monthly_fixed_sum : 0);
  }

  function totals(figures, input, fixed) {
    figures.bytes_per_day = figures.bytes_per_delivery * (1 - figures.lost_ratio) * input.rate * input.consumers * DAY;
    figures.requests_per_month = figures.requests_per_day * 30;
    figures.bytes_per_month = figures.bytes_per_day * 30;
    money(figures, input, fixed);
    Object.keys(figures).forEach(function (column) { if (!isFinite(figures[column])) delete figures[column]; });
    return figures;
  }

  /* Figures of both modes by column; unknown ones are absent. */
  function predict(input, run) {
    var size = bytes(input, run);
    var way = course(input, run);
    var withPolls = input.reconcile_s > 0 ? reconciled(input, run, size, way) : null;
    var pushed = withPolls ? { requests: withPolls.requests_per_delivery, bytes: withPolls.bytes_per_delivery }
      : { requests: way.attempts, bytes: size ? way.attempts * size.attempt : NaN };
    return {
      polling: totals(polling(input, run, size, pushed), input, input.fixed_polling),
      webhook: totals(withPolls || webhook(input, run, size, way), input, input.fixed_webhook)
    };
  }

  /* Which figures are those of polls at a fixed interval, and of events pushed one by one. */
  var names = { polls: "polling", pushes: "webhook" };

  return {
    names: names, predict: predict, bytes: bytes, requestsOfPoll: requestsOfPoll, lostToRetention: lostToRetention, survival: survival,
    course: course, exposure: exposure, meanSteps: meanSteps, reconciledQuantile: reconciledQuantile,
    LOST: LOST, MANY_LOST: MANY_LOST, MONTH: 30 * DAY
  };
})();
