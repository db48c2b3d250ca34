(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var charts = [];
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function modeColour(index) {
    return colour("m" + index);
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

  function axis(extra) {
    return Object.assign({
      stroke: colour("muted"),
      font: "12px system-ui, sans-serif",
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1 }
    }, extra);
  }

  /* A chart that is drawn again when the window or the colour scheme changes. */
  function place(element, height, options, series) {
    function draw() {
      var all = options();
      all.width = Math.max(240, element.clientWidth - 16);
      all.height = height;
      return new uPlot(all, series, element);
    }
    var chart = draw();
    charts.push({
      redraw: function () { chart.destroy(); chart = draw(); },
      resize: function () { chart.setSize({ width: Math.max(240, element.clientWidth - 16), height: height }); }
    });
  }

  function spectrum(element) {
    var curves = data.spectrum;
    var joined = uPlot.join(curves.map(function (curve) { return [curve.x, curve.y]; }));
    /* zero has no place on a logarithmic scale */
    for (var i = 1; i < joined.length; i++) {
      joined[i] = joined[i].map(function (value) { return value > 0 ? value : value == null ? value : undefined; });
    }
    var looks = {
      measured: { width: 3 },
      expected: { width: 1.5, dash: [5, 5] },
      noise: { width: 1.5, dash: [2, 3] },
      floor: { width: 1.5, dash: [8, 3, 2, 3] }
    };
    place(element, 380, function () {
      return {
        scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
        cursor: { points: { size: 7 }, y: false },
        legend: {
          markers: {
            dash: function (u, i) { return { measured: "solid", noise: "dotted" }[curves[i - 1].kind] || "dashed"; },
            fill: function (u, i) { return curves[i - 1].kind === "measured" ? modeColour(curves[i - 1].colour) : "transparent"; }
          }
        },
        axes: [
          axis({
            splits: function (u, index, least, most) {
              var pixels = u.bbox.width / devicePixelRatio / Math.log(most / least);
              var kept = [];
              [10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1, 2, 4].forEach(function (x) {
                var free = kept.every(function (other) { return Math.abs(Math.log(x / other)) * pixels > 38; });
                if (x >= least && x <= most && free) kept.push(x);
              });
              return kept.sort(function (a, b) { return a - b; });
            },
            filter: function (u, splits) { return splits; },
            values: function (u, splits) { return splits.map(percentile); }
          }),
          axis({ size: 64, values: function (u, splits) { return splits.map(latency); } })
        ],
        series: [{ label: "Percentile", value: function (u, x) { return percentile(x); } }].concat(curves.map(function (curve) {
          var strokes = { measured: modeColour(curve.colour), expected: colour("ink") };
          return Object.assign({
            label: curve.name,
            stroke: strokes[curve.kind] || colour("grey"),
            spanGaps: true,
            points: { show: false },
            value: function (u, y) { return latency(y); }
          }, looks[curve.kind]);
        }))
      };
    }, joined);
  }

  function timeline(parent, one, most) {
    var element = document.createElement("div");
    element.className = "chart";
    var heading = document.createElement("h3");
    heading.className = "mode m" + one.colour;
    heading.textContent = one.name + (one.bin_seconds > 1 ? ", means of " + one.bin_seconds + " s" : "");
    element.appendChild(heading);
    parent.appendChild(element);
    var total = one.useful.map(function (useful, i) { return useful + one.empty[i]; });
    place(element, 170, function () {
      var bars = uPlot.paths.bars({ size: [0.72, 28], align: 1 });
      var ink = modeColour(one.colour);
      return {
        scales: { x: { time: false, range: [0, one.x.length * one.bin_seconds] }, y: { range: [0, most * 1.08] } },
        cursor: { points: { show: false }, y: false },
        axes: [
          axis({ values: function (u, splits) { return splits.map(function (x) { return x + " s"; }); } }),
          axis({ size: 64, values: function (u, splits) { return splits.map(function (y) { return significant(y) + "/s"; }); } })
        ],
        series: [
          { label: "Second", value: function (u, x) { return x == null ? "" : String(x); } },
          {
            label: "empty", stroke: ink, fill: colour("sheet"), width: 1, paths: bars, points: { show: false },
            value: function (u, y, s, i) { return i == null ? "" : significant(one.empty[i]) + "/s"; }
          },
          {
            label: "useful", stroke: ink, fill: ink, width: 1, paths: bars, points: { show: false },
            value: function (u, y) { return y == null ? "" : significant(y) + "/s"; }
          }
        ]
      };
    }, [one.x, total, one.useful]);
  }

  var spectrumElement = document.getElementById("spectrum");
  if (spectrumElement) spectrum(spectrumElement);
  var timelinesElement = document.getElementById("timelines");
  if (timelinesElement) {
    var most = 0;
    data.timelines.forEach(function (one) {
      one.useful.forEach(function (useful, i) { most = Math.max(most, useful + one.empty[i]); });
    });
    data.timelines.forEach(function (one) { timeline(timelinesElement, one, most || 1); });
  }

  window.addEventListener("resize", function () { charts.forEach(function (chart) { chart.resize(); }); });
  dark.addEventListener("change", function () { charts.forEach(function (chart) { chart.redraw(); }); });
})();
