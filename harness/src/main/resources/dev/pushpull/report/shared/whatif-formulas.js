/*
 * The formulas behind the figures, each once in symbols and once with the numbers in it: what is written there, computed,
 * is the figure. Numbers have six digits or more, so that a reader with a calculator comes to the same.
 */
var pushpullFormulas = (function () {
  "use strict";
  var forms = pushpullWhatIf;
  var ENOUGH = 1e-9;
  var formats = {};

  /* Made once for each number of digits: to make one takes longer than to use it. */
  function format(digits) {
    return formats[digits] = formats[digits] || new Intl.NumberFormat("en", { maximumSignificantDigits: digits });
  }

  /* A number as it stands in a formula; whole ones in full. */
  function number(value, digits) {
    if (!isFinite(value)) return "–";
    if (value !== 0 && Math.abs(value) < 1e-6) {
      var parts = value.toExponential((digits || 6) - 1).split("e");
      return "(" + Number(parts[0]) + " × 10^" + parts[1].replace("-", "−").replace("+", "") + ")";
    }
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en");
    return format(digits || 6).format(value);
  }

  function seconds(value) { return number(value) + " s"; }
  function size(value) { return number(value) + " B"; }

  /* E[min(n, K)]: events that are still there when a poll comes. */
  function kept(load, retention) { return load - forms.lostToRetention(load, retention); }

  function polling(input, run, figures) {
    var load = input.rate * input.interval_s;
    var m = number(load, 10);
    var requests = forms.requestsOfPoll(load, run.page_limit, run.retention);
    var further = requests - 1;
    var r = further > ENOUGH ? number(requests) : "1";
    var loses = figures.lost_ratio > forms.LOST;
    var left = loses ? " × (1 − " + number(figures.lost_ratio, 9) + ")" : "";
    var sizes = forms.bytes(input, run);
    var empty = number(figures.wasted_ratio);
    var made = {
      load_factor: ["λ T", number(input.rate) + " × " + number(input.interval_s)],
      wasted_ratio: ["e^(−λT)", "e^(−" + m + ")"],
      lost_ratio: ["1 − E[min(n, K)] / λT", "1 − " + number(kept(load, run.retention), 12) + " / " + number(load, 12)],
      requests_per_delivery: [loses ? "r / (λT (1 − lost))" : "r / λT", r + " / " + (loses ? "(" + m + left + ")" : m)],
      requests_per_month: ["N r / T × 30 d", number(input.consumers) + " × " + r + " / " + seconds(input.interval_s) + " × " + seconds(forms.MONTH)],
      latency_mean_ms: ["T / 2 + v", seconds(input.interval_s) + " / 2 + " + seconds(run.poll_leg_s)],
      latency_p50_ms: ["0.5 T + v", "0.5 × " + seconds(input.interval_s) + " + " + seconds(run.poll_leg_s)],
      latency_p99_ms: ["0.99 T + v", "0.99 × " + seconds(input.interval_s) + " + " + seconds(run.poll_leg_s)]
    };
    if (further > ENOUGH) made.requests_a_poll = ["1 + Σ P(n > j P), j = 1, 2, …", "1 + " + number(further)];
    if (sizes) {
      made.bytes_per_delivery = [
        "(q r + e e^(−λT) + h (r − e^(−λT))) / λT" + (loses ? " (1 − lost)" : "") + " + s",
        "(" + size(sizes.request) + " × " + r + " + " + size(sizes.empty) + " × " + empty + " + " + size(sizes.page) + " × (" + r + " − " + empty +
          ")) / " + (loses ? "(" + m + left + ")" : m) + " + " + size(sizes.event)
      ];
    }
    return made;
  }

  /* The times of all attempts, each with the share of the events that arrive by it. */
  function attempts(input, run) {
    var time = 0, plain = 0, failing = 1;
    return run.waits_s.slice(0, input.attempts).map(function (wait) {
      time += wait * (1 + run.jitter / 2);
      plain += wait;
      var share = failing * (1 - input.failure_rate);
      failing *= input.failure_rate;
      return { time: time, plain: plain, share: share, arrived: 1 - failing };
    });
  }

  function webhook(input, run, figures) {
    var f = number(input.failure_rate);
    var a = number(Math.min(input.attempts, run.waits_s.length));
    var all = attempts(input, run);
    var fails = input.failure_rate > 0;
    var lost = fails ? f + "^" + a : "0";
    var leg = seconds(run.webhook_leg_s);
    var sizes = forms.bytes(input, run);
    var made = {
      lost_ratio: ["f^a", lost],
      requests_per_delivery: ["1 / (1 − f)", "1 / (1 − " + f + ")"],
      requests_per_month: [
        "N λ (1 − f^a) / (1 − f) × 30 d",
        number(input.consumers) + " × " + number(input.rate) + " × (1 − " + lost + ") / (1 − " + f + ") × " + seconds(forms.MONTH)
      ]
    };
    if (sizes) made.bytes_per_delivery = ["w / (1 − f)", size(sizes.attempt) + " / (1 − " + f + ")"];
    var late = all.filter(function (one) { return one.time > 0 && one.share > 1e-12; });
    made.latency_mean_ms = late.length && fails
      ? ["d + Σ f^(j−1) (1 − f) t_j / (1 − f^a)", leg + " + (" + late.map(function (one) {
          return number(one.share) + " × " + seconds(one.time);
        }).join(" + ") + ") / (1 − " + lost + ")"]
      : late.length ? ["d + t_1", leg + " + " + seconds(all[0].time)] : ["d", leg];
    [["latency_p50_ms", 0.5], ["latency_p99_ms", 0.99]].forEach(function (one) {
      if (figures[one[0]] == null) return;
      var j = all.findIndex(function (attempt) { return attempt.arrived >= one[1] * all[all.length - 1].arrived; });
      made[one[0]] = ["d + t_" + (j + 1), leg + " + " + seconds(all[j].plain)];
    });
    return made;
  }

  /* Webhooks beside which consumers poll every R. */
  function reconciled(input, run, figures) {
    var load = input.rate * input.reconcile_s, m = number(load, 10), requests = forms.requestsOfPoll(load, run.page_limit, run.retention);
    var r = requests - 1 > ENOUGH ? number(requests, 9) : "1", R = seconds(input.reconcile_s), v = seconds(run.poll_leg_s), f = number(input.failure_rate);
    var a = number(forms.course(input, run).attempts, 9), sizes = forms.bytes(input, run), made = {
      wasted_ratio: ["e^(−λI)", "e^(−" + number(input.rate * forms.exposure(input, run), 9) + ")"],
      requests_per_delivery: ["E[A] + r / λR", a + " + " + r + " / " + m],
      requests_per_month: [
        "N (λ E[A] + r / R) × 30 d",
        number(input.consumers) + " × (" + number(input.rate) + " × " + a + " + " + r + " / " + R + ") × " + seconds(forms.MONTH)
      ],
      latency_mean_ms: ["Σ f^(j−1) (F(t_j) − F(t_(j−1)))", forms.meanSteps(input, run).map(function (step) {
        return number(step.failed) + " × (" + number(step.to, 9) + " − " + number(step.from, 9) + ")";
      }).join(" + ")]
    };
    if (sizes) {
      var empty = number(Math.exp(-load), 9);
      made.bytes_per_delivery = [
        "w E[A] + (q r + e e^(−λR) + h (r − e^(−λR))) / λR + s",
        size(sizes.attempt) + " × " + a + " + (" + size(sizes.request) + " × " + r + " + " + size(sizes.empty) + " × " + empty + " + " +
          size(sizes.page) + " × (" + r + " − " + empty + ")) / " + m + " + " + size(sizes.event)
      ];
    }
    [["latency_p50_ms", 0.5], ["latency_p99_ms", 0.99]].forEach(function (one) {
      var by = forms.reconciledQuantile(input, run, one[1]).by;
      made[one[0]] = by === "poll" ? ["v + " + one[1] + " R", v + " + " + one[1] + " × " + R]
        : by === "webhook" ? ["d + t_1", seconds(run.webhook_leg_s) + " + " + seconds(run.waits_s[0])]
          : ["v + R (1 − (1 − " + one[1] + ") / f)", v + " + " + R + " × (1 − (1 − " + one[1] + ") / " + f + ")"];
    });
    return made;
  }

  function common(input, figures, fixed) {
    var made = {
      bytes_per_month: [
        "bytes per delivered event × λ N" + (figures.lost_ratio > forms.LOST ? " (1 − lost)" : "") + " × 30 d",
        size(figures.bytes_per_delivery) + " × " + number(input.rate) + " × " + number(input.consumers) +
          (figures.lost_ratio > forms.LOST ? " × (1 − " + number(figures.lost_ratio, 9) + ")" : "") + " × " + seconds(forms.MONTH)
      ],
      monthly_bill: ["requests a month × price / 1,000,000", number(figures.requests_per_month, 12) + " × " + number(input.price || 0) + " / 1,000,000"],
      monthly_fixed_sum: ["fixed sum", number(fixed || 0, 15)]
    };
    var terms = [];
    if (input.price != null) terms.push(["requests bill", number(figures.monthly_bill || 0, 12)]);
    if (figures.monthly_fixed_sum != null) terms.push(["fixed sum", number(fixed || 0, 15)]);
    made.monthly_total = [0, 1].map(function (i) { return terms.map(function (term) { return term[i]; }).join(" + "); });
    return made;
  }

  /*
   * By mode and column: symbols and numbers. A number's unit does not change what it is worth in the formula; times are
   * in seconds, sizes in bytes.
   */
  function write(input, run, both) {
    var made = {};
    [["polling", polling, input.fixed_polling], ["webhook", input.reconcile_s > 0 ? reconciled : webhook, input.fixed_webhook]].forEach(function (one) {
      var figures = both[one[0]];
      var formulas = Object.assign(one[1](input, run, figures), common(input, figures, one[2]));
      made[one[0]] = {};
      Object.keys(formulas).forEach(function (column) {
        if (figures[column] == null && column !== "requests_a_poll") return;
        made[one[0]][column] = { symbols: formulas[column][0], numbers: formulas[column][1] };
      });
    });
    return made;
  }

  return { write: write, number: number };
})();
