(function () {
  "use strict";
  var curves = JSON.parse(document.getElementById("data").textContent);
  var parent = document.getElementById("curves");
  var charts = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function significant(value) {
    return value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
  }

  function latency(millis) {
    if (millis == null) return "";
    if (millis >= 999.5) return significant(millis / 1000) + " s";
    return millis >= 0.9995 ? significant(millis) + " ms" : significant(millis * 1000) + " µs";
  }

  function rate(perSecond) {
    return perSecond == null ? "" : significant(perSecond) + "/s";
  }

  function thousands(perSecond) {
    return perSecond >= 1000 ? significant(perSecond / 1000) + " k/s" : rate(perSecond);
  }

  function axis(extra) {
    return Object.assign({
      stroke: colour("muted"),
      font: "12px system-ui, sans-serif",
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1 }
    }, extra);
  }

  /* on a logarithmic scale, one mark a power of ten */
  function decades(texts) {
    return function (u, splits) {
      return splits.map(function (value) { return value == null || Math.abs(Math.log10(value) % 1) > 1e-9 ? "" : texts(value); });
    };
  }

  function line(label, stroke, extra) {
    return Object.assign({ label: label, stroke: stroke, spanGaps: true, value: function (u, y) { return latency(y); } }, extra);
  }

  curves.forEach(function (curve) {
    var element = document.createElement("div");
    element.className = "chart";
    var heading = document.createElement("h3");
    heading.textContent = curve.path;
    element.appendChild(heading);
    parent.appendChild(element);
    var bound = curve.rate.map(function () { return curve.bound; });
    function width() { return Math.max(240, element.clientWidth - 16); }
    function draw() {
      return new uPlot({
        width: width(),
        height: 240,
        scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
        cursor: { points: { size: 7 }, y: false },
        legend: { markers: { dash: function (u, i) { return ["solid", "solid", "solid", "dashed", "dotted"][i]; } } },
        axes: [axis({ values: decades(thousands) }), axis({ size: 64, values: decades(latency) })],
        series: [
          { label: "offered", value: function (u, x) { return rate(x); } },
          line("response p99", colour("m0"), { width: 2.5 }),
          line("response p50", colour("m1"), { width: 1.5 }),
          line("service p99", colour("m0"), { width: 1.5, dash: [5, 5] }),
          line("bound", colour("grey"), { width: 1.5, dash: [2, 3], points: { show: false } })
        ]
      }, [curve.rate, curve.p99, curve.p50, curve.service, bound], element);
    }
    var chart = draw();
    charts.push({
      redraw: function () { chart.destroy(); chart = draw(); },
      resize: function () { chart.setSize({ width: width(), height: 240 }); }
    });
  });

  window.addEventListener("resize", function () { charts.forEach(function (chart) { chart.resize(); }); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
    charts.forEach(function (chart) { chart.redraw(); });
  });
})();
