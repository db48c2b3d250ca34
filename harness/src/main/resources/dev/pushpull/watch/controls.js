/* What a reader may change in a demonstration. Each change is sent as it is made; what comes back is shown. */
pushpull.controls = function (failed) {
  "use strict";
  function by(id) { return document.getElementById(id); }
  if (!by("outage")) return function () {};
  document.body.classList.add("demo");
  var rate = by("rate"), interval = by("interval"), modes = [by("mode-0"), by("mode-1")];

  function value(slider) { return Number(Math.pow(10, slider.value).toPrecision(2)); }

  function said() {
    by("rate-said").textContent = "for each consumer: " + (value(rate) >= 1 ? value(rate) + " a second" : "one in " + Number((1 / value(rate)).toPrecision(2)) + " s");
    by("interval-said").textContent = "every " + pushpull.latency(1000 * value(interval));
    rate.setAttribute("aria-valuetext", by("rate-said").textContent);
    interval.setAttribute("aria-valuetext", by("interval-said").textContent);
  }

  function send(what) {
    fetch("set?" + new URLSearchParams(what), { method: "POST" }).then(function (answer) {
      return answer.ok ? failed("") : answer.text().then(failed);
    }, function () { failed("The program cannot be reached."); });
  }

  [rate, interval].forEach(function (slider) {
    slider.addEventListener("input", said);
    slider.addEventListener("change", function () { var what = {}; what[slider.id] = value(slider); send(what); });
  });
  modes.forEach(function (select) {
    select.addEventListener("change", function () { send({ modes: modes.map(function (one) { return one.value; }).join(",") }); });
  });
  by("outage").addEventListener("click", function () { send({ outage: "1" }); });

  /* The settings as they are, in a page that has just come, too. */
  return function show(settings) {
    rate.value = Math.log10(settings.rate);
    interval.value = Math.log10(settings.interval);
    modes.forEach(function (select, i) {
      if (!select.options.length) settings.all_modes.forEach(function (name) { select.add(new Option(name)); });
      select.value = settings.modes[i];
    });
    said();
  };
};
