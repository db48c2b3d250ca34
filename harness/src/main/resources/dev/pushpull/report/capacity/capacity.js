(function () {
  "use strict";
  var colour = pushpull.colour;
  var axis = pushpull.axis;
  var significant = pushpull.significant;
  var latency = pushpull.latency;
  var parent = document.getElementById("curves");

  function rate(perSecond) {
    return perSecond == null ? "" : significant(perSecond) + "/s";
  }

  function thousands(perSecond) {
    return perSecond >= 1000 ? significant(perSecond / 1000) + " k/s" : rate(perSecond);
  }

  /* on a logarithmic scale, one mark for each power of ten */
  function decades(texts) {
    return function (u, splits) {
      return splits.map(function (value) { return value == null || Math.abs(Math.log10(value) % 1) > 1e-9 ? "" : texts(value); });
    };
  }

  /* from the lowest rate to the highest, not from one power of ten to another */
  function tight(u, least, most) { return [least / 1.1, most * 1.1]; }

  function all(u, splits) { return splits; }

  var WIDE = 5;
  var RATES = [100, 1000, 1e4, 1e5, 10, 1e6, 1, 300, 3000, 3e4, 3e5, 30, 200, 2000, 2e4, 2e5, 500, 5000, 5e4, 5e5];

  function line(label, stroke, extra) {
    return Object.assign({ label: label, stroke: stroke, spanGaps: true, value: function (u, y) { return latency(y); } }, extra);
  }

  function share(y) {
    return y == null ? "" : significant(100 * y) + " %";
  }

  function marks(label, stroke, fill) {
    return { label: label, stroke: stroke, paths: function () { return null; }, points: { show: true, size: 8, width: 1.5, stroke: stroke, fill: fill || stroke }, value: function (u, y) { return y == null ? "" : label; } };
  }

  (pushpull.data.beliefs || []).forEach(function (belief) {
    var element = pushpull.element("div", "chart");
    element.appendChild(pushpull.element("h3", "", belief.title));
    document.getElementById("beliefs").appendChild(element);
    /* rates that were tried twice stand a hair apart, since a chart has one value of a series at each place */
    function apart(rates, at) {
      var pairs = rates.map(function (rate, i) { return [rate * (1 + 1e-9 * i), at[i]]; }).sort(function (a, b) { return a[0] - b[0]; });
      return [pairs.map(function (pair) { return pair[0]; }), pairs.map(function (pair) { return pair[1]; })];
    }
    var joined = uPlot.join([[belief.rate, belief.probability], apart(belief.sustained, belief.sustained_at), apart(belief.exceeded, belief.exceeded_at)]);
    /* what may be far beyond all that was tried would press everything against the edge */
    var wide = joined[0][joined[0].length - 1] > WIDE * joined[0][0];
    pushpull.place(element, 240, function () {
      return {
        scales: { x: wide ? { time: false, distr: 3, range: tight } : { time: false }, y: { range: [0, 1.05] } },
        cursor: { points: { size: 7 }, y: false },
        axes: [axis(Object.assign(wide ? { splits: pushpull.logSplits(RATES), filter: all } : {}, { values: function (u, splits) { return splits.map(thousands); } })), axis({ size: 64, values: function (u, splits) { return splits.map(share); } })],
        series: [
          { label: "rate", value: function (u, x) { return rate(x); } },
          { label: "likelihood, of the highest", stroke: colour("m0"), width: 2.5, spanGaps: true, points: { show: false }, value: function (u, y) { return share(y); } },
          marks("sustained", colour("m1")),
          marks("not sustained", colour("m2"), "transparent")
        ]
      };
    }, joined);
  });

  pushpull.data.curves.forEach(function (curve) {
    var element = pushpull.element("div", "chart");
    element.appendChild(pushpull.element("h3", "", curve.title));
    parent.appendChild(element);
    var bound = curve.rate.map(function () { return curve.bound; });
    pushpull.place(element, 240, function () {
      return {
        scales: { x: { time: false, distr: 3, range: tight }, y: { distr: 3 } },
        cursor: { points: { size: 7 }, y: false },
        axes: [
          axis({ splits: pushpull.logSplits(RATES), filter: all, values: function (u, splits) { return splits.map(thousands); } }),
          axis({ size: 64, values: decades(latency) })
        ],
        series: [
          { label: "offered", value: function (u, x) { return rate(x); } },
          line("response p99", colour("m0"), { width: 2.5, end: "p99" }),
          line("response p50", colour("m1"), { width: 2, dash: [12, 4], end: "p50" }),
          line("service p99", colour("m0"), { width: 1.5, dash: [4, 3], end: "service p99" }),
          line("bound", colour("grey"), { width: 1.5, dash: [2, 3], points: { show: false }, end: "bound " + latency(curve.bound), ink: colour("muted") })
        ]
      };
    }, [curve.rate, curve.p99, curve.p50, curve.service, bound]);
  });
})();
