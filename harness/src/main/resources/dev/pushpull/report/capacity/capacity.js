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

  function line(label, stroke, extra) {
    return Object.assign({ label: label, stroke: stroke, spanGaps: true, value: function (u, y) { return latency(y); } }, extra);
  }

  pushpull.data.curves.forEach(function (curve) {
    var element = pushpull.element("div", "chart");
    element.appendChild(pushpull.element("h3", "", curve.path));
    parent.appendChild(element);
    var bound = curve.rate.map(function () { return curve.bound; });
    pushpull.place(element, 240, function () {
      return {
        scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
        cursor: { points: { size: 7 }, y: false },
        legend: { markers: { dash: function (u, i) { return ["solid", "solid", "solid", "dashed", "dotted"][i]; } } },
        axes: [axis({ values: decades(thousands) }), axis({ size: 64, values: decades(latency) })],
        series: [
          { label: "offered", value: function (u, x) { return rate(x); } },
          line("response p99", colour("m0"), { width: 2.5 }),
          line("response p50", colour("m1"), { width: 1.5 }),
          line("service p99", colour("m0"), { width: 1.5, dash: [5, 5] }),
          line("bound", colour("grey"), { width: 1.5, dash: [2, 3], points: { show: false } })
        ]
      };
    }, [curve.rate, curve.p99, curve.p50, curve.service, bound]);
  });
  document.documentElement.dataset.drawn = String(Math.round(performance.now()));
})();
