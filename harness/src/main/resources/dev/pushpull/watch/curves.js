/* The share of events that came within a time: as measured so far, and as expected. */
pushpull.curves = function (canvas) {
  "use strict";
  var colour = pushpull.colour, path = pushpull.signs.path;
  var HIGH = 320, RIGHT = 14, TOP = 14;
  var TYPE = pushpull.data.demo ? 18 : 12, LEFT = 4 * TYPE, BOTTOM = 2.5 * TYPE; /* the last row of a room reads it, too */
  var LEAST = pushpull.data.items ? 1 : 0.01; /* what takes less comes at once: an axis of powers has no 0 */

  function points(lane) {
    var all = lane.took.reduce(function (sum, count) { return sum + count; }, 0), sum = 0, before = null;
    return lane.up_to.map(function (millis, i) {
      sum += lane.took[i];
      return [Math.max(LEAST, millis), sum / all];
    });
  }

  return function draw(lanes) {
    var ratio = window.devicePixelRatio || 1, width = canvas.clientWidth;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(HIGH * ratio);
    var context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    var drawn = [];
    lanes.forEach(function (lane) {
      var theory = lane.theory.filter(function (point) { return point[0] > 0; });
      if (theory.length > 1) drawn.push({ lane: lane, points: theory, width: 1.5, ink: colour("m" + lane.colour), dash: [2, 3] });
      if (lane.took.length) drawn.push({ lane: lane, points: points(lane), width: 3, ink: colour("m" + lane.colour), steps: true });
    });
    var times = [0.3, 300].concat.apply([0.3, 300], drawn.map(function (curve) { return curve.points.map(function (point) { return point[0]; }); }));
    var least = Math.log10(Math.min.apply(null, times)), most = Math.log10(Math.max.apply(null, times));
    function x(millis) { return LEFT + (Math.log10(millis) - least) / (most - least) * (width - LEFT - RIGHT); }
    function y(share) { return TOP + (1 - share) * (HIGH - TOP - BOTTOM); }
    context.font = TYPE + "px system-ui, sans-serif";
    context.lineWidth = 1;
    context.strokeStyle = colour("line");
    context.fillStyle = colour("muted");
    context.textAlign = "right";
    [0, 0.25, 0.5, 0.75, 1].forEach(function (share) {
      path(context, [[LEFT, y(share)], [width - RIGHT, y(share)]]);
      context.stroke();
      context.fillText(100 * share + " %", LEFT - 6, y(share) + 4);
    });
    context.textAlign = "center";
    for (var power = Math.ceil(least); power <= most; power++) {
      var at = x(Math.pow(10, power));
      path(context, [[at, TOP], [at, HIGH - BOTTOM]]);
      context.stroke();
      if (at < width - 2 * TYPE) context.fillText(pushpull.latency(Math.pow(10, power)), at, HIGH - 10);
    }
    drawn.forEach(function (curve) {
      var line = [], last = 0;
      curve.points.forEach(function (point) {
        if (curve.steps) line.push([x(point[0]), y(last)]);
        last = point[1];
        line.push([x(point[0]), y(last)]);
      });
      context.strokeStyle = curve.ink;
      context.lineWidth = curve.width;
      context.setLineDash(curve.dash || []);
      path(context, line);
      context.stroke();
    });
    context.setLineDash([]);
    context.textAlign = "left";
    context.lineJoin = "round";
    drawn.filter(function (curve) { return curve.steps; }).forEach(function (curve, i) {
      var middle = curve.points.find(function (point) { return point[1] >= 0.5; });
      var wide = context.measureText(curve.lane.name).width;
      var left = Math.max(LEFT + 2, Math.min(width - RIGHT - wide - 4, x(middle[0]) + 8)), high = y(0.42) + 1.5 * TYPE * i;
      context.strokeStyle = colour("page");
      context.lineWidth = 4;
      context.strokeText(curve.lane.name, left, high);
      context.fillStyle = curve.ink;
      context.fillText(curve.lane.name, left, high);
    });
  };
};

/* The time within which a share of events came; null when none has. Points are [milliseconds, share or count so far]. */
pushpull.within = function (points, share) {
  "use strict";
  var found = points.find(function (point) { return point[1] >= share; });
  return found ? found[0] : null;
};
