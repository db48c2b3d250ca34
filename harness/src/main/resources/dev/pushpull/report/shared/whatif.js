/* The what-if section: its fields, the figures that follow from them, and the address that keeps them. */
(function () {
  "use strict";
  var section = document.getElementById("what-if-section");
  if (!section) return;
  var run = JSON.parse(section.dataset.run);
  var text = pushpullText;
  var MODES = ["polling", "webhook"];
  var DIGITS = 4;
  var MOST_MONEY = 1e12;
  var REST_MILLIS = 150;
  var SUMS = ["monthly_bill", "monthly_fixed_sum", "monthly_total"];

  var inputs = Array.prototype.slice.call(section.querySelectorAll("input"));
  var fields = {};
  inputs.forEach(function (input) { fields[input.name] = field(input); });
  var chosen = {};
  var draw = pushpullCurves.draw(run);
  var resting;

  /* What a field takes. Wide ranges are logarithmic. */
  function field(input) {
    var log = input.dataset.scale === "log";
    function bound(value) { return log ? Math.pow(10, Number(value)) : Number(value); }
    return {
      input: input, log: log, whole: input.dataset.whole === "yes", optional: input.type !== "range", currency: input.type === "text",
      least: input.type === "range" ? bound(input.min) : Number(input.min),
      most: input.type === "range" ? bound(input.max) : MOST_MONEY
    };
  }

  /* Sliders give four digits at most, so that formulas and addresses stay short; null for nothing. */
  function given(one) {
    var typed = one.input.value.trim();
    if (one.currency) return text.isCurrency(typed.toUpperCase()) ? typed.toUpperCase() : null;
    var number = Number(typed);
    if (one.optional) return typed === "" || !(number >= one.least && number <= one.most) ? null : number;
    if (one.log) number = Number(Math.pow(10, number).toPrecision(DIGITS));
    return one.whole ? Math.max(1, Math.round(number)) : number;
  }

  function now() {
    var values = {};
    Object.keys(fields).forEach(function (name) {
      values[name] = name in chosen ? chosen[name] : run.start[name] == null ? null : run.start[name];
    });
    if (values.attempts == null) values.attempts = run.waits_s.length;
    if (values.price === 0) values.price = null;
    return values;
  }

  /* A field as it stands for a value. */
  function set(one, value) {
    one.input.value = value == null ? "" : one.log ? String(Math.log10(value)) : String(value);
  }

  function label(name, value) {
    var words = {
      rate: text.rate, interval_s: text.duration, consumers: text.significant, payload: text.size, attempts: text.significant,
      reconnect_s: text.duration, batch_wait_s: text.duration, batch_size: text.significant,
      failure_rate: function (share) { return text.significant(100 * share) + " %"; }
    };
    return value == null || !words[name] ? "" : words[name](value);
  }

  var SHOWN = {
    wasted_ratio: text.percent, lost_ratio: text.percent, bytes_per_delivery: text.size, bytes_per_month: text.size,
    requests_per_month: text.whole,
    latency_mean_ms: text.latency, latency_p50_ms: text.latency, latency_p99_ms: text.latency
  };

  function shown(column, figure, currency) {
    return SUMS.indexOf(column) >= 0 ? text.money(figure, currency) : (SHOWN[column] || text.significant)(figure);
  }

  function loses(figures) { return figures.lost_ratio > pushpullWhatIf.LOST; }

  function fill(values, both) {
    section.querySelectorAll("tr[data-column]").forEach(function (row) {
      var column = row.dataset.column;
      var sum = column === "monthly_bill" || column === "monthly_total";
      var none = both.polling[column] == null && both.webhook[column] == null;
      if (column === "monthly_bill") none = values.price == null;
      if (column === "monthly_total") none = both.polling.monthly_fixed_sum == null;
      if (column === "lost_ratio") none = !loses(both.polling) && !loses(both.webhook);
      row.hidden = none;
      MODES.forEach(function (mode, i) {
        var figure = both[mode][column];
        var lost = loses(both[mode]);
        var aside = sum && lost && figure != null ? " (" + text.percent(both[mode].lost_ratio) + " lost)" : "";
        row.cells[i + 1].textContent = figure != null ? shown(column, figure, values.currency) + aside
          : lost && (sum || i === 0 && column.indexOf("latency_") === 0) ? "– (events are lost)" : "–";
        row.cells[i + 1].classList.toggle("lost", column === "lost_ratio" && lost);
      });
    });
  }

  var WAYS = ["held", "thin", "batched"];
  var OF_OTHERS = Object.assign({
    lost_without_replay: text.percent,
    connection_seconds_per_delivery: function (seconds) { return text.duration(seconds); }
  }, SHOWN);

  function fillOthers(values) {
    var all = pushpullOthers.predict(values, run);
    section.querySelectorAll("tr[data-other]").forEach(function (row) {
      var column = row.dataset.other;
      row.hidden = WAYS.every(function (way) { return all[way][column] == null || column === "lost_ratio" && !loses(all[way]); });
      WAYS.forEach(function (way, i) {
        var figure = all[way][column];
        row.cells[i + 1].textContent = figure == null ? "–" : (OF_OTHERS[column] || text.significant)(figure);
        row.cells[i + 1].classList.toggle("lost", column === "lost_ratio" && loses(all[way]));
      });
    });
  }

  function verdict(values, both) {
    var at = both.polling.crossover_requests_load_factor;
    var bytesAt = both.polling.crossover_bytes_load_factor;
    var pushed = values.reconcile_s > 0 ? "webhooks with polls beside them" : "webhooks";
    var sentence = at == null ? "" : "Polling needs no more requests than " + pushed + " from an interval of " +
      text.duration(at / values.rate) + " on" + (bytesAt == null ? "" : ", no more bytes from " + text.duration(bytesAt / values.rate) + " on") + ".";
    MODES.forEach(function (mode) {
      if (loses(both[mode])) {
        sentence += (sentence ? " " : "") + "Here " + (mode === "webhook" ? "webhooks lose " : "polling loses ") + text.percent(both[mode].lost_ratio) + " of the events.";
      }
    });
    document.getElementById("what-if-crossover").textContent = sentence;
  }

  /* Each figure's formula, the same with the numbers, and what it comes to. */
  function explain(values, both) {
    var formulas = pushpullFormulas.write(values, run, both);
    section.querySelectorAll("dl[data-mode]").forEach(function (list) {
      var mode = list.dataset.mode, known = formulas[mode], figures = both[mode];
      list.querySelectorAll("div[data-column]").forEach(function (one) {
        var column = one.dataset.column, formula = known[column];
        var pointless = column === "lost_ratio" && !loses(figures) || column === "monthly_fixed_sum" ||
          column === "monthly_total" && figures.monthly_fixed_sum == null;
        one.hidden = !formula || pointless;
        if (one.hidden) return;
        one.querySelector(".symbols").textContent = formula.symbols;
        one.querySelector(".with").textContent = "= " + formula.numbers;
        var figure = column === "requests_a_poll" ? pushpullWhatIf.requestsOfPoll(figures.load_factor, run.page_limit, run.retention) : figures[column];
        one.querySelector(".value").textContent = "= " + shown(column, figure, values.currency);
      });
    });
  }

  function show() {
    var values = now();
    inputs.forEach(function (input) {
      var output = section.querySelector("output[for='" + input.id + "']");
      var words = label(input.name, values[input.name]);
      if (output) output.textContent = words;
      if (input.type === "range") input.setAttribute("aria-valuetext", words);
    });
    var both = pushpullWhatIf.predict(values, run);
    fill(values, both);
    fillOthers(values);
    verdict(values, both);
    explain(values, both);
    draw(values, both);
  }

  /* Takes the values of an address; other addresses leave the fields as they are. */
  function follow() {
    var read = pushpullAddress.read(location.hash, fields);
    if (!read) return false;
    chosen = read;
    Object.keys(fields).forEach(function (name) { set(fields[name], now()[name]); });
    return true;
  }

  /* What differs from the start. */
  function changed() {
    var changed = {};
    Object.keys(chosen).forEach(function (name) {
      if (chosen[name] !== (run.start[name] == null ? null : run.start[name])) changed[name] = chosen[name];
    });
    return changed;
  }

  /* Once the slider rests: browsers take only so many new addresses in a while. */
  function keep() {
    clearTimeout(resting);
    resting = setTimeout(function () { pushpullAddress.write(changed()); }, REST_MILLIS);
  }

  inputs.forEach(function (input) {
    input.addEventListener("input", function () {
      chosen[input.name] = given(fields[input.name]);
      keep();
      show();
    });
  });
  document.getElementById("what-if-reset").addEventListener("click", function () {
    chosen = {};
    inputs.forEach(function (input) { input.value = input.defaultValue; });
    keep();
    show();
  });
  document.getElementById("what-if-link").addEventListener("click", function () {
    pushpull.copy(location.href.split("#")[0] + (Object.keys(changed()).length ? pushpullAddress.written(changed()) : "#what-if"), this);
  });
  window.addEventListener("hashchange", function () { if (follow()) show(); });
  var followed = follow();
  show();
  /* once the charts above have their height */
  if (followed) queueMicrotask(function () { section.scrollIntoView(); });
})();
