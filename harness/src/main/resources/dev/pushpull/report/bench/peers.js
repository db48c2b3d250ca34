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
        axis({ values: function (u, splits) { return splits.map(percentile); } }),
        axis({ size: 64, values: function (u, splits) { return splits.map(pushpull.latency); } })
      ],
      series: [{ label: "Percentile", value: function (u, x) { return percentile(x); } }].concat(curves.map(function (curve, i) {
        return {
          label: curve.name,
          stroke: pushpull.colour("m" + (i === 0 ? 4 : i - 1)),
          width: 2.5,
          spanGaps: true,
          points: { show: false },
          value: function (u, y) { return pushpull.latency(y); }
        };
      }))
    };
  }, uPlot.join(curves.map(function (curve) { return [curve.x, curve.y]; })));
})();
