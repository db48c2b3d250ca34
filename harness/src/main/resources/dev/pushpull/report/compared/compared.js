(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var charts = [];

  var probe = document.body.appendChild(document.createElement("span"));
  probe.hidden = true;

  function colour(name) {
    probe.style.color = "var(--" + name + ")";
    return getComputedStyle(probe).color;
  }

  function significant(value) {
    return value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
  }

  function latency(millis) {
    if (millis == null) return "";
    if (millis >= 999.5) return significant(millis / 1000) + " s";
    return millis >= 0.9995 || millis === 0 ? significant(millis) + " ms" : significant(millis * 1000) + " µs";
  }

  function percentile(inverse) {
    return inverse == null ? "" : "p" + String(Number((100 * (1 - 1 / inverse)).toPrecision(inverse > 500 ? 5 : 3)));
  }

  function axis(values) {
    return {
      stroke: colour("muted"), font: "12px system-ui, sans-serif", size: 56, values: values,
      grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 }
    };
  }

  function each(text) {
    return function (u, splits) { return splits.map(function (value) { return value == null ? "" : text(value); }); };
  }

  /* Every curve of both runs in one chart; B is dashed. */
  function overlay(element, curves, logarithmic, horizontal, vertical) {
    var joined = uPlot.join(curves.map(function (curve) {
      return [curve.x, curve.y.map(function (y) { return logarithmic && !(y > 0) ? null : y; })];
    }));
    function width() { return Math.max(240, element.clientWidth - 16); }
    function draw() {
      return new uPlot({
        width: width(),
        height: 340,
        scales: { x: { time: false, distr: logarithmic ? 3 : 1 }, y: { distr: logarithmic ? 3 : 1 } },
        axes: [axis(each(horizontal)), axis(each(vertical))],
        series: [{ label: "", value: function (u, x) { return x == null ? "" : horizontal(x); } }].concat(
          curves.map(function (curve) {
            return {
              label: curve.name, stroke: colour("m" + curve.colour), width: 2, dash: curve.run === 1 ? [6, 4] : undefined,
              spanGaps: true, points: { show: false }, value: function (u, y) { return y == null ? "" : vertical(y); }
            };
          }))
      }, joined, element);
    }
    var chart = draw();
    charts.push({
      resize: function () { chart.setSize({ width: width(), height: 340 }); },
      redraw: function () { chart.destroy(); chart = draw(); }
    });
  }

  var spectrum = document.getElementById("spectrum");
  if (spectrum) {
    overlay(spectrum, data.spectrum, true, percentile, latency);
    overlay(document.getElementById("timelines"), data.timelines, false,
      function (x) { return significant(x) + " s"; }, function (y) { return significant(y) + "/s"; });
  }
  window.addEventListener("resize", function () { charts.forEach(function (chart) { chart.resize(); }); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
    charts.forEach(function (chart) { chart.redraw(); });
  });
})();
