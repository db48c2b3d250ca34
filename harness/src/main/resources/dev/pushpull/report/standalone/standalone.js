/* Each thing that happened as a point: when it was, and how long it took. */
(function () {
  "use strict";
  var axis = pushpull.axis;
  var element = document.getElementById("moments");
  var moments = pushpull.data.moments[0];
  if (element) {
    pushpull.place(element, 300, function () {
      var ink = pushpull.colour("m1");
      return {
        scales: { x: { time: false }, y: { range: function (u, least, most) { return [Math.min(0, least), most * 1.08 || 1]; } } },
        cursor: { points: { size: 7 }, y: false },
        axes: [
          axis({ values: function (u, splits) { return splits.map(function (x) { return pushpull.latency(1000 * x); }); } }),
          axis({ size: 64, values: function (u, splits) { return splits.map(pushpull.latency); } })
        ],
        series: [
          { label: "After", value: function (u, x) { return x == null ? "" : pushpull.latency(1000 * x); } },
          {
            label: moments.name, stroke: ink, paths: function () { return null; },
            points: { show: true, size: 5, fill: ink }, value: function (u, y) { return pushpull.latency(y); }
          }
        ]
      };
    }, [moments.seconds, moments.millis]);
  }
})();
