/* The closed forms of docs/theory.md for fixed polling and webhooks under Poisson arrivals, and sliders that draw them. */
var pushpullWhatIf = (function () {
  "use strict";
  var DAY = 86400;
  var LOST = 1e-6;
  var MANY_LOST = 1e-3;
  var NO_LOSS = 1e-9;
  var ONE_PAGE = 1.001;
  var EMPTY_PAGE = '{"data":[],"next_cursor":"","has_more":false}'.length;
  var QUANTILES = { latency_p50_ms: 0.5, latency_p90_ms: 0.9, latency_p99_ms: 0.99, latency_p999_ms: 0.999 };

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

  function polling(input, run, size, attempts) {
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
    var crossover = 1 / attempts;
    if (requestsOfPoll(crossover, run.page_limit, run.retention) < ONE_PAGE) {
      figures.crossover_requests_load_factor = crossover;
    }
    if (size) {
      var k = attempts * size.attempt - size.event;
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

  function totals(figures, input, price) {
    figures.bytes_per_day = figures.bytes_per_delivery * (1 - figures.lost_ratio) * input.rate * input.consumers * DAY;
    figures.requests_per_month = figures.requests_per_day * 30;
    figures.bytes_per_month = figures.bytes_per_day * 30;
    /* a price that leaves out undelivered events cannot be compared */
    figures.monthly_bill = figures.lost_ratio >= MANY_LOST ? NaN : figures.requests_per_month * price / 1e6;
    Object.keys(figures).forEach(function (column) { if (!isFinite(figures[column])) delete figures[column]; });
    return figures;
  }

  /* Figures of both modes by column; unknown ones are absent. */
  function predict(input, run) {
    var size = bytes(input, run);
    var way = course(input, run);
    var price = input.price == null ? NaN : input.price;
    return {
      polling: totals(polling(input, run, size, way.attempts), input, price),
      webhook: totals(webhook(input, run, size, way), input, price)
    };
  }

  return { predict: predict, LOST: LOST };
})();

(function () {
  "use strict";
  var section = document.getElementById("what-if-section");
  if (!section) return;
  var run = JSON.parse(section.dataset.run);
  var sliders = Array.prototype.slice.call(section.querySelectorAll("input"));
  var POINTS = 81;

  var colour = pushpull.colour;

  function significant(value) {
    if (value >= 100) return Math.round(Number(value.toPrecision(4))).toLocaleString("en");
    return value !== 0 && value < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  }

  function latency(millis) {
    if (millis >= 999.5) return duration(millis / 1000);
    return millis >= 0.9995 || millis === 0 ? significant(millis) + " ms" : significant(millis * 1000) + " µs";
  }

  function duration(seconds) {
    if (seconds < 0.9995) return significant(seconds * 1000) + " ms";
    if (seconds < 60) return significant(seconds) + " s";
    if (seconds < 3600) return significant(seconds / 60) + " min";
    return seconds < 86400 ? significant(seconds / 3600) + " h" : significant(seconds / 86400) + " d";
  }

  function size(bytes) {
    var units = ["B", "kB", "MB", "GB", "TB", "PB"];
    for (var i = 0; bytes >= 999.5 && i < units.length - 1; i++) bytes /= 1000;
    return significant(bytes) + " " + units[i];
  }

  /* In the first unit in which it is at least one and short, else in the first in which it is at least one. */
  function rate(perSecond) {
    var units = [[1, "/s"], [60, "/m"], [3600, "/h"], [86400, "/d"]].filter(function (unit) {
      return perSecond * unit[0] >= 0.9999999 || unit[0] === 86400;
    });
    var short = units.filter(function (unit) {
      var value = perSecond * unit[0];
      return Math.abs(value - Number(value.toPrecision(3))) < 1e-9 * value;
    });
    var chosen = short[0] || units[0];
    return significant(perSecond * chosen[0]) + chosen[1];
  }

  var shown = {
    rate: rate, interval_s: duration, consumers: significant, payload: size,
    failure_rate: function (share) { return significant(100 * share) + " %"; }, attempts: significant, price: significant
  };
  /* Near 100 % the missing part matters, so as many digits are shown as it takes to see it. */
  function percent(share) {
    var rest = 1 - share;
    if (!(rest > 1e-9 && rest < 0.01)) return significant(100 * share) + " %";
    return (100 * share).toFixed(Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(100 * rest))))) + " %";
  }

  /* With cents, and with more digits where cents would show nothing. */
  function money(sum) {
    var digits = sum > 0 && sum < 1 ? Math.min(9, 2 - Math.floor(Math.log10(sum))) : 2;
    return sum.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  var texts = {
    wasted_ratio: percent, lost_ratio: percent,
    requests_per_delivery: significant, requests_per_month: significant, bytes_per_month: size,
    latency_mean_ms: latency, latency_p50_ms: latency, latency_p99_ms: latency,
    monthly_bill: money
  };

  /* Wide ranges use logarithmic sliders, which start exactly at the run's own value. */
  function value(slider) {
    if (slider.value === "") return null;
    if (slider.dataset.touched !== "yes" && run.start[slider.name] != null) return run.start[slider.name];
    var number = slider.dataset.scale === "log" ? Math.pow(10, Number(slider.value)) : Number(slider.value);
    return slider.dataset.whole === "yes" ? Math.max(1, Math.round(number)) : number;
  }

  function input() {
    var all = {};
    sliders.forEach(function (slider) { all[slider.name] = value(slider); });
    return all;
  }

  function curves(now, column) {
    var x = [];
    var polled = [];
    var pushed = [];
    for (var i = 0; i < POINTS; i++) {
      var interval = now.interval_s * Math.pow(10, 4 * (i / (POINTS - 1) - 0.5));
      var both = pushpullWhatIf.predict(Object.assign({}, now, { interval_s: interval }), run);
      x.push(interval);
      polled.push(both.polling[column] == null ? null : both.polling[column]);
      pushed.push(both.webhook[column] == null ? null : both.webhook[column]);
    }
    var point = x.map(function (interval, i) { return i === (POINTS - 1) / 2 ? polled[i] : null; });
    return [x, polled, pushed, point];
  }

  /* Where people would put marks on a time axis, in seconds, the best first. */
  var TIMES = [1, 60, 3600, 86400, 10, 600, 0.001, 0.1, 0.01, 1e-6, 1e-5, 1e-4, 864000, 8640000];

  /* The marks in view that are far enough apart. */
  function marks(unit) {
    return function (u, index, least, most) {
      var across = index === 0;
      var pixels = (across ? u.bbox.width : u.bbox.height) / devicePixelRatio / Math.log(most / least);
      var kept = [];
      TIMES.forEach(function (seconds) {
        var at = seconds / unit;
        var free = kept.every(function (other) { return Math.abs(Math.log(at / other)) * pixels > (across ? 48 : 18); });
        if (at >= least && at <= most && free) kept.push(at);
      });
      return kept.sort(function (a, b) { return a - b; });
    };
  }

  function chart(id, column, text, unit) {
    var element = document.getElementById(id);
    function width() { return Math.max(240, element.clientWidth - 16); }
    function axis(label, seconds, size) {
      var times = seconds ? { splits: marks(seconds), filter: function (u, splits) { return splits; } } : {};
      return Object.assign(times, {
        stroke: colour("muted"), font: "12px system-ui, sans-serif", size: size,
        grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 },
        values: function (u, splits) { return splits.map(function (one) { return one == null ? "" : label(one); }); }
      });
    }
    function line(label, ink, looks) {
      return Object.assign({
        label: label, stroke: colour(ink), width: 2, points: { show: false },
        value: function (u, y) { return y == null ? "" : text(y); }
      }, looks);
    }
    function draw() {
      return new uPlot({
        width: width(), height: 280,
        scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
        axes: [axis(duration, 1, 36), axis(text, unit, 76)],
        series: [
          { label: "interval", value: function (u, x) { return x == null ? "" : duration(x); } },
          line("polling", "m0"), line("webhook", "m1", { dash: [6, 4] }),
          line("here", "m0", { paths: function () { return null; }, points: { show: true, size: 11, fill: colour("m0") } })
        ]
      }, curves(input(), column), element);
    }
    var plot = draw();
    return {
      update: function (now) { plot.setData(curves(now, column)); },
      resize: function () { plot.setSize({ width: width(), height: 280 }); },
      redraw: function () { plot.destroy(); plot = draw(); }
    };
  }

  function fill(now, both) {
    section.querySelectorAll("tr[data-column]").forEach(function (row) {
      var column = row.dataset.column;
      var none = both.polling[column] == null && both.webhook[column] == null;
      if (column === "monthly_bill") none = now.price == null;
      if (column === "lost_ratio") none = !(both.polling[column] > pushpullWhatIf.LOST || both.webhook[column] > pushpullWhatIf.LOST);
      row.hidden = none;
      ["polling", "webhook"].forEach(function (mode, i) {
        var figure = both[mode][column];
        var lost = both[mode].lost_ratio > pushpullWhatIf.LOST;
        var aside = column === "monthly_bill" && lost && figure != null ? " (" + percent(both[mode].lost_ratio) + " lost)" : "";
        row.cells[i + 1].textContent = figure != null ? texts[column](figure) + aside
          : lost && (column === "monthly_bill" || i === 0 && column.indexOf("latency_") === 0) ? "– (events are lost)" : "–";
        row.cells[i + 1].classList.toggle("lost", column === "lost_ratio" && lost);
      });
    });
  }

  function verdict(now, both) {
    var at = both.polling.crossover_requests_load_factor;
    var bytesAt = both.polling.crossover_bytes_load_factor;
    var sentence = at == null ? "" : "Polling needs no more requests than webhooks from an interval of " +
      duration(at / now.rate) + " on" + (bytesAt == null ? "" : ", no more bytes from " + duration(bytesAt / now.rate) + " on") + ".";
    ["polling", "webhook"].forEach(function (mode) {
      var lost = both[mode].lost_ratio;
      if (lost > pushpullWhatIf.LOST) {
        sentence += (sentence ? " " : "") + "Here " + (mode === "webhook" ? "webhooks lose " : "polling loses ") + percent(lost) + " of the events.";
      }
    });
    document.getElementById("what-if-crossover").textContent = sentence;
  }

  var charts = [
    chart("what-if-requests", "requests_per_delivery", significant),
    chart("what-if-latency", "latency_mean_ms", latency, 1e-3)
  ];

  function show() {
    var now = input();
    sliders.forEach(function (slider) {
      var output = section.querySelector("output[for='" + slider.id + "']");
      var text = now[slider.name] == null ? "" : shown[slider.name](now[slider.name]);
      if (output) output.textContent = text;
      if (slider.type === "range") slider.setAttribute("aria-valuetext", text);
    });
    var both = pushpullWhatIf.predict(now, run);
    fill(now, both);
    verdict(now, both);
    charts.forEach(function (one) { one.update(now); });
  }

  sliders.forEach(function (slider) {
    slider.addEventListener("input", function () {
      slider.dataset.touched = "yes";
      show();
    });
  });
  document.getElementById("what-if-reset").addEventListener("click", function () {
    sliders.forEach(function (slider) {
      slider.value = slider.defaultValue;
      slider.dataset.touched = "no";
    });
    show();
  });
  window.addEventListener("resize", function () { charts.forEach(function (one) { one.resize(); }); });
  pushpull.onRedraw(function () { charts.forEach(function (one) { one.redraw(); }); });
  show();
})();
