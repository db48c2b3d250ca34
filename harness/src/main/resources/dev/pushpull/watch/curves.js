/* The share of events that came within a time: as measured so far, and as expected. */
pushpull.curves = function (canvas) {
  "use strict";
  var colour = pushpull.colour, path = pushpull.signs.path;
  var RIGHT = 14, TOP = 14;
  var LEAST = pushpull.data.items ? 1 : 0.01; /* what takes less comes at once: an axis of powers has no 0 */

  function points(lane) {
    var all = lane.took.reduce(function (sum, count) { return sum + count; }, 0), sum = 0;
    return lane.up_to.map(function (millis, i) {
      sum += lane.took[i];
      return [Math.max(LEAST, millis), sum / all];
    });
  }

  /*
   * The names of curves, each in a row of its own, so that none covers another, and beside its curve there: behind it, or
   * before it where the edge is near. The curves that rise first have the upper rows.
   */
  function names(context, curves, type, x, box) {
    var row = 1.25 * type, top = (box.top + box.bottom - row * curves.length) / 2;
    function reaches(curve, share) { return x(pushpull.within(curve.points, share)); }
    var placed = curves.slice().sort(function (a, b) { return reaches(a, 0.5) - reaches(b, 0.5); }).map(function (curve, i) {
      var middle = top + row * (i + 0.5), at = reaches(curve, (box.bottom - middle) / (box.bottom - box.top));
      var wide = context.measureText(curve.lane.name).width;
      return { text: curve.lane.name, ink: curve.ink, left: at + 8 + wide <= box.right ? at + 8 : Math.max(box.left + 2, at - 8 - wide), middle: middle };
    });
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = colour("sheet");
    placed.forEach(function (name) { context.strokeText(name.text, name.left, name.middle); });
    placed.forEach(function (name) { context.fillStyle = name.ink; context.fillText(name.text, name.left, name.middle); });
  }

  return function draw(lanes) {
    var ratio = window.devicePixelRatio || 1, width = canvas.clientWidth;
    var type = pushpull.data.demo && width > 700 ? 18 : 12; /* the last row of a room reads it, too */
    var left = 4 * type, under = 2.5 * type, high = Math.max(320, TOP + under + 1.25 * type * lanes.length);
    canvas.style.height = high + "px";
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(high * ratio);
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
    function x(millis) { return left + (Math.log10(millis) - least) / (most - least) * (width - left - RIGHT); }
    function y(share) { return TOP + (1 - share) * (high - TOP - under); }
    context.font = type + "px system-ui, sans-serif";
    context.lineWidth = 1;
    context.strokeStyle = colour("line");
    context.fillStyle = colour("muted");
    context.textAlign = "right";
    [0, 0.25, 0.5, 0.75, 1].forEach(function (share) {
      path(context, [[left, y(share)], [width - RIGHT, y(share)]]);
      context.stroke();
      context.fillText(100 * share + " %", left - 6, y(share) + 4);
    });
    context.textAlign = "center";
    for (var power = Math.ceil(least), free = 0; power <= most; power++) {
      var at = x(Math.pow(10, power));
      path(context, [[at, TOP], [at, high - under]]);
      context.stroke();
      var text = pushpull.latency(Math.pow(10, power)), half = context.measureText(text).width / 2;
      if (at - half < free || at + half > width) continue;
      context.fillText(text, at, high - 10);
      free = at + half + 6;
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
    names(context, drawn.filter(function (curve) { return curve.steps; }), type, x, { left: left, right: width - RIGHT, top: TOP, bottom: high - under });
  };
};

/* The time within which a share of events came; null when none has. Points are [milliseconds, share or count so far]. */
pushpull.within = function (points, share) {
  "use strict";
  var found = points.find(function (point) { return point[1] >= share; });
  return found ? found[0] : null;
};
