/* Every curve of both runs in one chart: A is thin, and lies on B, which is thick. */
(function () {
  "use strict";
  var axis = pushpull.axis;
  var significant = pushpull.significant;
  var LATENCIES = [1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 0.1, 0.01, 0.001, 3, 30, 300, 3000, 3e4, 3e5, 0.3, 0.03, 0.003, 2, 20, 200, 2000, 0.2, 0.02, 5, 50, 500, 5000, 0.5, 0.05];

  function percentile(inverse) {
    return inverse == null ? "" : "p" + String(Number((100 * (1 - 1 / inverse)).toPrecision(inverse > 500 ? 5 : 3)));
  }

  function each(text) {
    return function (u, splits) { return splits.map(function (value) { return value == null ? "" : text(value); }); };
  }

  /* Marks on a vertical logarithmic axis that are far enough apart, the best first. */
  function upwards(u, index, least, most) {
    var pixels = u.bbox.height / devicePixelRatio / Math.log(most / least);
    var kept = [];
    LATENCIES.forEach(function (y) {
      var free = kept.every(function (other) { return Math.abs(Math.log(y / other)) * pixels > 26; });
      if (y >= least && y <= most && free) kept.push(y);
    });
    return kept.sort(function (a, b) { return a - b; });
  }

  function all(u, splits) { return splits; }

  function overlay(element, curves, logarithmic, horizontal, vertical) {
    curves = curves.slice().sort(function (a, b) { return b.run - a.run; });
    var joined = uPlot.join(curves.map(function (curve) {
      return [curve.x, curve.y.map(function (y) { return logarithmic && !(y > 0) ? null : y; })];
    }));
    var percentiles = { splits: pushpull.logSplits([10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1, 2, 4]), filter: all, values: each(horizontal) };
    pushpull.place(element, 340, function () {
      return {
        scales: { x: { time: false, distr: logarithmic ? 3 : 1 }, y: logarithmic ? { distr: 3 } : { range: function (u, least, most) { return [0, 1.05 * most || 1]; } } },
        spans: logarithmic ? [] : pushpull.data.outages,
        cursor: { points: { size: 7 }, y: false },
        axes: [
          axis(logarithmic ? percentiles : { values: each(horizontal) }),
          axis(Object.assign({ size: 64, values: each(vertical) }, logarithmic ? { splits: upwards, filter: all } : {}))
        ],
        series: [{ label: logarithmic ? "Percentile" : "Second", value: function (u, x) { return x == null ? "" : horizontal(x); } }].concat(
          curves.map(function (curve) {
            return Object.assign(pushpull.look(curve.colour, "measured"), {
              label: curve.name, end: curve.name, pair: { of: curve.mode, as: "A, B " + curve.mode }, width: curve.run === 1 ? 4.5 : 1.75,
              spanGaps: true, points: { show: false }, value: function (u, y) { return y == null ? "" : vertical(y); }
            });
          }))
      };
    }, joined);
  }

  var spectrum = document.getElementById("spectrum");
  if (spectrum) {
    overlay(spectrum, pushpull.data.spectrum, true, percentile, pushpull.latency);
    overlay(document.getElementById("timelines"), pushpull.data.timelines, false,
      function (x) { return significant(x) + " s"; }, function (y) { return significant(y) + "/s"; });
  }
})();
