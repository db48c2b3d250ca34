/* The signs of what happens to events, alike wherever they are drawn. Each is painted at a point of a canvas. */
pushpull.signs = (function () {
  "use strict";

  function path(context, points) {
    context.beginPath();
    points.forEach(function (point, i) { context[i ? "lineTo" : "moveTo"](point[0], point[1]); });
  }

  /* An event occurs. */
  function diamond(context, px, py, size) {
    path(context, [[px, py - size], [px + size, py], [px, py + size], [px - size, py]]);
    context.closePath();
    context.fill();
  }

  /* A request failed. */
  function cross(context, px, py) {
    path(context, [[px - 5, py - 5], [px + 5, py + 5]]);
    context.stroke();
    path(context, [[px + 5, py - 5], [px - 5, py + 5]]);
    context.stroke();
  }

  /* A poll: full if it brings events. */
  function poll(context, px, py, brings, tint, sheet) {
    context.beginPath();
    context.arc(px, py, brings ? 5 : 4.5, 0, 2 * Math.PI);
    context.fillStyle = brings ? tint : sheet;
    context.fill();
    context.stroke();
  }

  /* A webhook. */
  function webhook(context, px, py) {
    path(context, [[px - 5.5, py - 5], [px + 5.5, py - 5], [px, py + 6]]);
    context.closePath();
    context.fill();
  }

  /* An open line breaks. */
  function broken(context, px, py) {
    path(context, [[px - 3, py - 8], [px + 3, py]]);
    context.stroke();
    path(context, [[px + 3, py], [px - 3, py + 8]]);
    context.stroke();
  }

  return { path: path, diamond: diamond, cross: cross, poll: poll, webhook: webhook, broken: broken };
})();
