/* Latency at every percentile, one line for each driver. */
(function () {
  "use strict";
  var element = document.getElementById("spectrum");
  if (!element) return;
  var curves = pushpull.data.spectrum;
  var axis = pushpull.axis;

  function percentile(inverse) {
    return inverse == null ? "" : "p" + Number((100 * (1 - 1 / inverse)).toPrecision(inverse > 500 ? 6 : 3));
  }

  pushpull.place(element, 380, function () {
    return {
      scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
      axes: [
        axis({
          splits: pushpull.logSplits([10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1, 2, 4]),
          filter: function (u, splits) { return splits; },
          values: function (u, splits) { return splits.map(percentile); }
        }),
        axis({ size: 64, values: function (u, splits) { return splits.map(pushpull.latency); } })
      ],
      series: [{ label: "Percentile", value: function (u, x) { return percentile(x); } }].concat(curves.map(function (curve, i) {
        /* no driver is a mode, so the first colours and dashes will do */
        return Object.assign(pushpull.look(i % 8, "measured"), {
          label: curve.name,
          end: curve.name,
          spanGaps: true,
          points: { show: false },
          value: function (u, y) { return pushpull.latency(y); }
        });
      }))
    };
  }, uPlot.join(curves.map(function (curve) { return [curve.x, curve.y]; })));
})();
