/* uPlot in the page's colours. */
(function () {
  "use strict";
  var colour = pushpull.colour;
  var charts = [];

  pushpull.axis = function (extra) {
    return Object.assign({
      stroke: colour("muted"),
      font: "12px system-ui, sans-serif",
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1 }
    }, extra);
  };

  /* A chart that is redrawn when the window or the colours change; options() is called each time. */
  pushpull.place = function (element, height, options, series) {
    function width() { return Math.max(200, element.clientWidth - 16); }
    function draw() {
      var all = options();
      all.width = width();
      all.height = height;
      return new uPlot(all, series, element);
    }
    var chart = draw();
    charts.push(function () { chart.setSize({ width: width(), height: height }); });
    pushpull.onRedraw(function () { chart.destroy(); chart = draw(); });
    return { setData: function (next) { series = next; chart.setData(next); } };
  };

  /* Marks on a logarithmic axis that are far enough apart, the best first. */
  pushpull.logSplits = function (welcome) {
    return function (u, index, least, most) {
      var pixels = u.bbox.width / devicePixelRatio / Math.log(most / least);
      var kept = [];
      welcome.forEach(function (x) {
        var free = kept.every(function (other) { return Math.abs(Math.log(x / other)) * pixels > 44; });
        if (x >= least && x <= most && free) kept.push(x);
      });
      return kept.sort(function (a, b) { return a - b; });
    };
  };

  var waiting;
  window.addEventListener("resize", function () {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(function () { charts.forEach(function (resize) { resize(); }); });
  });
})();
