(function () {
  "use strict";
  var element = document.getElementById("spectrum");
  if (!element) return;
  var curves = JSON.parse(document.getElementById("data").textContent).spectrum;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var chart = null;

  function colour(name) {
    /* read as a property, it would be the light and the dark colour at once */
    document.body.style.outlineColor = "var(--" + name + ")";
    return getComputedStyle(document.body).outlineColor;
  }

  function latency(millis) {
    if (millis == null) return "";
    if (millis >= 1000) return Number((millis / 1000).toPrecision(3)) + " s";
    return millis >= 1 ? Number(millis.toPrecision(3)) + " ms" : Number((millis * 1000).toPrecision(3)) + " µs";
  }

  function percentile(inverse) {
    return inverse == null ? "" : "p" + Number((100 * (1 - 1 / inverse)).toPrecision(inverse > 500 ? 6 : 3));
  }

  function axis(extra) {
    return Object.assign({
      stroke: colour("muted"),
      font: "12px system-ui, sans-serif",
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1 }
    }, extra);
  }

  function width() {
    return Math.max(240, element.clientWidth - 16);
  }

  function draw() {
    if (chart) chart.destroy();
    var joined = uPlot.join(curves.map(function (curve) { return [curve.x, curve.y]; }));
    chart = new uPlot({
      width: width(),
      height: 380,
      scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
      axes: [
        axis({ values: function (u, splits) { return splits.map(percentile); } }),
        axis({ size: 64, values: function (u, splits) { return splits.map(latency); } })
      ],
      series: [{ label: "Percentile", value: function (u, x) { return percentile(x); } }].concat(curves.map(function (curve, i) {
        return {
          label: curve.name,
          stroke: colour("m" + (i === 0 ? 4 : i - 1)),
          width: 2.5,
          spanGaps: true,
          points: { show: false },
          value: function (u, y) { return latency(y); }
        };
      }))
    }, joined, element);
  }

  draw();
  window.addEventListener("resize", function () { chart.setSize({ width: width(), height: 380 }); });
  dark.addEventListener("change", draw);
})();
