/*
 * A mode while it runs: its consumers, with a mailbox, a doorbell or an open line each, and below them the last seconds.
 * Times are microseconds. It draws what it is given, and remembers nothing but which steps it has drawn.
 */
pushpull.picture = function (canvas) {
  "use strict";
  var colour = pushpull.colour, signs = pushpull.signs, path = signs.path;
  var TALL = 188, HOUSE = 30, EVENT_ROW = 84, MARK_ROW = 140, EDGE = 14, WINDOW = 1e7, FLASH = 4e5;
  var OCCURRED = 0, ATTEMPT = 1, POLL = 2, HELD = 3;
  var width = 0;

  /* For the last row of a room everything is larger, where there is the width for it. */
  function fit() {
    var scale = pushpull.data.demo && canvas.clientWidth > 700 ? 1.5 : 1;
    var ratio = scale * (window.devicePixelRatio || 1);
    width = canvas.clientWidth / scale;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(TALL * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(TALL * ratio);
      canvas.style.height = TALL * scale + "px";
    }
    var context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, TALL);
    context.font = "12px system-ui, sans-serif";
    return context;
  }

  function failed(step) { return step.detail !== "" || step.status >= 400 || step.status === 0; }

  /* What each consumer sees at a time: how much waits for it, and what has just happened at its door. */
  function houses(lane, now) {
    var all = [];
    for (var c = 0; c < lane.consumers; c++) all.push({ waits: 0, looked: -1, found: false, rang: -1, failed: false, got: -1, open: false });
    lane.events.forEach(function (event) {
      if (event.at > now || event.over < now - FLASH) return;
      for (var c = event.consumer < 0 ? 0 : event.consumer; c < (event.consumer < 0 ? lane.consumers : event.consumer + 1); c++) {
        var got = event.received[c];
        if (!all[c]) continue;
        if (got === undefined || got > now) all[c].waits++; else all[c].got = Math.max(all[c].got, got);
      }
    });
    for (var i = lane.steps.length - 1; i >= 0; i--) {
      var step = lane.steps[i], house = all[step.consumer];
      if (!house) continue;
      if (step.kind === POLL && step.to <= now && step.to > house.looked && step.to > now - FLASH) { house.looked = step.to; house.found = step.number > 0; house.failed = failed(step); }
      if (step.kind === ATTEMPT && step.from <= now && step.from > house.rang && step.from > now - FLASH) { house.rang = step.from; house.failed = failed(step); }
      if (step.kind === HELD && step.from <= now && (step.to < 0 || step.to > now)) house.open = house.open || !closed(lane, step);
    }
    return all;
  }

  /* A connection is told of twice: when it opens, and as a whole when it has ended. */
  function closed(lane, line) { return line.to < 0 && lane.ended[line.consumer] >= line.from; }

  function mailbox(context, x, house, ink, tint) {
    var y = HOUSE;
    context.lineWidth = 1.5;
    context.strokeStyle = tint;
    context.fillStyle = house.looked > 0 && house.found ? tint : ink.sheet;
    path(context, [[x - 11, y + 10], [x - 11, y - 3], [x - 6, y - 8], [x + 6, y - 8], [x + 11, y - 3], [x + 11, y + 10]]);
    context.closePath();
    context.fill();
    context.stroke();
    path(context, house.waits ? [[x + 11, y + 2], [x + 15, y + 2], [x + 15, y - 9], [x + 20, y - 7], [x + 15, y - 5]] : [[x + 11, y + 2], [x + 19, y + 2], [x + 19, y + 5]]);
    context.stroke();
    if (house.looked > 0) { context.beginPath(); context.arc(x, y, 18, 0, 2 * Math.PI); context.stroke(); }
  }

  function doorbell(context, x, house, ink, tint) {
    var y = HOUSE;
    context.lineWidth = 1.5;
    context.strokeStyle = tint;
    context.fillStyle = house.rang > 0 && !house.failed ? tint : ink.sheet;
    context.beginPath();
    context.moveTo(x - 10, y + 6);
    context.quadraticCurveTo(x - 7, y + 2, x - 7, y - 3);
    context.arc(x, y - 3, 7, Math.PI, 0);
    context.quadraticCurveTo(x + 7, y + 2, x + 10, y + 6);
    context.closePath();
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(x, y + 8, 2, 0, Math.PI);
    context.stroke();
    if (house.rang > 0) [-1, 1].forEach(function (side) {
      context.beginPath();
      context.arc(x, y - 1, 15, side < 0 ? 0.8 * Math.PI : -0.2 * Math.PI, side < 0 ? 1.2 * Math.PI : 0.2 * Math.PI);
      context.stroke();
    });
  }

  function line(context, x, house, ink, tint) {
    context.lineWidth = 3;
    context.strokeStyle = tint;
    path(context, [[x, 14], [x, house.open ? HOUSE + 10 : HOUSE - 8]]);
    context.stroke();
    context.lineWidth = 2;
    if (!house.open) { context.strokeStyle = ink.bad; signs.broken(context, x, HOUSE + 2); context.strokeStyle = tint; }
    context.fillStyle = house.got > 0 && house.got > house.now - FLASH ? tint : ink.sheet;
    path(context, [[x - 8, HOUSE + 12], [x - 8, HOUSE + 2], [x, HOUSE - 5], [x + 8, HOUSE + 2], [x + 8, HOUSE + 12]]);
    context.closePath();
    context.fill();
    context.stroke();
  }

  function drawHouses(context, lane, now, ink, tint) {
    var all = houses(lane, now);
    var cell = Math.min(72, (width - 2 * EDGE) / Math.max(1, all.length));
    var small = Math.min(1, cell / 44); /* twenty on a telephone, too */
    context.textAlign = "center";
    all.forEach(function (house, c) {
      var x = 0;
      house.now = now;
      context.save();
      context.translate(EDGE + cell * (c + 0.5), HOUSE * (1 - small));
      context.scale(small, small);
      if (lane.holds) line(context, x, house, ink, tint);
      else if (lane.sends) doorbell(context, x, house, ink, tint);
      else mailbox(context, x, house, ink, tint);
      if (house.failed && (house.rang > 0 || house.looked > 0)) { context.strokeStyle = ink.bad; context.lineWidth = 2; signs.cross(context, x, HOUSE); }
      if (house.waits) {
        context.font = "650 13px system-ui, sans-serif";
        context.fillStyle = ink.ink;
        context.fillText(house.waits > 99 ? "99+" : house.waits, x, HOUSE + 28);
      }
      context.restore();
    });
    context.textAlign = "left";
  }

  function drawStrip(context, lane, now, ink, tint, chosen) {
    function x(micros) { return EDGE + (micros - now + WINDOW) / WINDOW * (width - 2 * EDGE); }
    function seen(from, to) { return to >= now - WINDOW && from <= now; }
    lane.outages.forEach(function (outage) {
      if (!seen(outage[0], outage[1])) return;
      var left = Math.max(0, x(outage[0])), right = Math.min(width, x(Math.min(outage[1], now)));
      context.fillStyle = ink.shade;
      context.fillRect(left, EVENT_ROW - 14, right - left, MARK_ROW - EVENT_ROW + 28);
      context.fillStyle = ink.muted;
      if (right - left > 40) context.fillText("down", left + 4, (EVENT_ROW + MARK_ROW) / 2 + 4);
    });
    context.lineWidth = 1;
    context.strokeStyle = ink.line;
    context.fillStyle = ink.muted;
    context.textAlign = "center";
    for (var at = Math.ceil((now - WINDOW) / 1e6) * 1e6; at <= now; at += 1e6) {
      if (at < 0) continue;
      path(context, [[x(at), EVENT_ROW - 14], [x(at), MARK_ROW + 16]]);
      context.stroke();
      if (x(at) > 16 && x(at) < width - 20 && (width > 500 || at % 2e6 === 0)) context.fillText(at / 1e6 + " s", x(at), MARK_ROW + 34);
    }
    context.textAlign = "left";
    [EVENT_ROW, MARK_ROW].forEach(function (y) { path(context, [[0, y], [width, y]]); context.stroke(); });

    lane.steps.forEach(function (step) {
      if (step.kind !== HELD || step.from > now || closed(lane, step) || step.to >= 0 && step.to < now - WINDOW) return;
      var end = step.to < 0 ? now : Math.min(now, step.to);
      context.globalAlpha = lane.consumers > 1 ? 0.2 : 0.6;
      context.fillStyle = tint;
      context.fillRect(Math.max(0, x(step.from)), MARK_ROW - 3, x(end) - Math.max(0, x(step.from)), 6);
      context.globalAlpha = 1;
      context.lineWidth = 2;
      context.strokeStyle = ink.bad;
      if (step.to >= 0 && step.to <= now) signs.broken(context, x(step.to), MARK_ROW);
      step.drawn = true;
    });
    context.strokeStyle = tint;
    lane.events.forEach(function (event, key) {
      if (event.at > now || event.over < now - WINDOW) return;
      var isChosen = key === chosen;
      context.globalAlpha = isChosen ? 1 : chosen ? 0.2 : 0.6;
      context.lineWidth = isChosen ? 3.5 : 1.25;
      Object.keys(event.received).forEach(function (consumer) {
        var got = event.received[consumer], share = Math.min(1, (now - event.at) / Math.max(1, got - event.at));
        if (got < now - WINDOW) return;
        path(context, [[x(event.at), EVENT_ROW], [x(event.at + (got - event.at) * share), EVENT_ROW + (MARK_ROW - EVENT_ROW) * share]]);
        context.stroke();
        if (share === 1) event.steps[consumer].drawn = true;
      });
    });
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    lane.steps.forEach(function (step) {
      var at = step.kind === POLL ? step.to : step.from;
      if (!seen(at, at) || step.kind > POLL) return;
      step.drawn = true;
      context.fillStyle = step.kind === OCCURRED ? ink.ink : tint;
      if (step.kind === OCCURRED) return signs.diamond(context, x(at), EVENT_ROW, step.key === chosen ? 8 : 5.5);
      if (failed(step)) { context.strokeStyle = ink.bad; signs.cross(context, x(at), MARK_ROW); context.strokeStyle = tint; return; }
      if (step.kind === POLL) signs.poll(context, x(at), MARK_ROW, step.number > 0, tint, ink.sheet);
      else signs.webhook(context, x(at), MARK_ROW);
    });
  }

  /* @param chosen the key of an event that stands out, if any */
  return function draw(lane, now, chosen) {
    var context = fit(), tint = colour("m" + lane.colour);
    var ink = { ink: colour("ink"), muted: colour("muted"), line: colour("line"), sheet: colour("sheet"), bad: colour("bad"), shade: colour("shade") };
    drawStrip(context, lane, now, ink, tint, chosen);
    drawHouses(context, lane, now, ink, tint);
  };
};
