/* Every curve of both runs in one chart; B is dashed. */
(function () {
  "use strict";
  var axis = pushpull.axis;
  var significant = pushpull.significant;

  function percentile(inverse) {
    return inverse == null ? "" : "p" + String(Number((100 * (1 - 1 / inverse)).toPrecision(inverse > 500 ? 5 : 3)));
  }

  function each(text) {
    return function (u, splits) { return splits.map(function (value) { return value == null ? "" : text(value); }); };
  }

  function overlay(element, curves, logarithmic, horizontal, vertical) {
    var joined = uPlot.join(curves.map(function (curve) {
      return [curve.x, curve.y.map(function (y) { return logarithmic && !(y > 0) ? null : y; })];
    }));
    pushpull.place(element, 340, function () {
      return {
        scales: { x: { time: false, distr: logarithmic ? 3 : 1 }, y: { distr: logarithmic ? 3 : 1 } },
        axes: [axis({ values: each(horizontal) }), axis({ size: 64, values: each(vertical) })],
        series: [{ label: "", value: function (u, x) { return x == null ? "" : horizontal(x); } }].concat(
          curves.map(function (curve) {
            return {
              label: curve.name, stroke: pushpull.colour("m" + curve.colour), width: 2, dash: curve.run === 1 ? [6, 4] : undefined,
              spanGaps: true, points: { show: false }, value: function (u, y) { return y == null ? "" : vertical(y); }
            };
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
  document.documentElement.dataset.drawn = String(Math.round(performance.now()));
})();
