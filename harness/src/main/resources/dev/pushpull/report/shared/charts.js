/*
 * uPlot in the page's colours.
 *
 * A chart's options may say more than uPlot knows:
 *   series[i].end    the text at the end of the line, {text, short}: short on a telephone. Text alone will do.
 *   series[i].pair   {of, as}: where another line of the same thing ends at the same height, one label names both: as
 *   series[i].ink    the colour of that text where the line's own is too faint to be read
 *   series[i].aside  whether the legend may do without it
 *   marks            vertical lines, [{at, text}]; their texts stand above the plot, where they strike nothing
 *   spans            parts of the x axis that are shaded, [{from, to, text}]; each text stands once, in the first that has room, else in the first
 * What was written is kept in element.labels and element.spans, and the chart itself in element.chart.
 */
(function () {
  "use strict";
  var colour = pushpull.colour;
  var sized = [];
  var printing = false;
  var NARROW = 560;
  var PRINTED = 680;
  var FONT = "12px system-ui, sans-serif";
  var LINE = 15;
  var GAP = 8;
  var ruler = document.createElement("canvas").getContext("2d");
  var dashes = {}, wraps = {};

  /* What is to the left of a plot is at least as wide as was asked for, and as its longest label needs. */
  function wideEnough(least) {
    return function (u, labels, index) {
      if (u.axes[index].side !== 3 || !labels) return least;
      ruler.font = FONT;
      return Math.max(least, 18 + Math.max.apply(null, labels.map(function (label) { return ruler.measureText(label == null ? "" : label).width; })));
    };
  }

  pushpull.axis = function (extra) {
    var least = extra && extra.size;
    return Object.assign({
      stroke: colour("muted"),
      font: FONT,
      labelFont: FONT,
      labelSize: 20,
      labelGap: 0,
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1 }
    }, extra, least ? { size: wideEnough(least) } : {});
  };

  /* The pattern declared beside a mode's colour, in CSS pixels; none is a solid line. */
  function dash(index) {
    if (!dashes[index]) {
      var declared = getComputedStyle(document.documentElement).getPropertyValue("--d" + index).trim();
      dashes[index] = declared && declared !== "none" ? declared.split(/[\s,]+/).map(Number) : [];
    }
    return dashes[index];
  }

  /* What is expected has its mode's dashes, further apart; beside a solid line it is dotted. */
  function sparser(pattern) {
    return pattern.length ? pattern.map(function (part, i) { return i % 2 ? 2 * part : part; }) : [1.5, 2.5];
  }

  /* How a line looks: its mode's colour and dash when measured, thin and in ink above that when expected. */
  pushpull.look = function (index, kind) {
    if (kind === "expected") return { stroke: colour("ink"), width: 1.25, dash: sparser(dash(index)) };
    if (kind === "noise") return { stroke: colour("grey"), width: 1, dash: [2, 3], ink: colour("muted") };
    if (kind === "floor") return { stroke: colour("grey"), width: 1.5, dash: [8, 3, 2, 3], ink: colour("muted") };
    return { stroke: colour("m" + index), width: 2.75, dash: dash(index) };
  };

  /* Whether two lines would hide each other: nearly everywhere no further apart than a stroke is wide. */
  function alike(one, other) {
    var at = new Map(other.x.map(function (x, i) { return [x, other.y[i]]; }));
    var both = one.x.map(function (x, i) { return [one.y[i], at.get(x)]; }).filter(function (pair) { return pair[0] > 0 && pair[1] > 0; });
    var close = both.filter(function (pair) { return Math.abs(Math.log(pair[0] / pair[1])) < 0.04; });
    return both.length > 0 && close.length >= 0.75 * both.length;
  }

  /*
   * The order in which to draw measured curves of {kind, colour, x, y}: solid lines first, because dashes leave gaps to see
   * through. Of lines that would hide each other, the lower one gets curve.wider, so that it shows on both sides.
   */
  pushpull.apart = function (curves) {
    function solidity(curve) {
      var pattern = dash(curve.colour), on = 0, all = 0;
      pattern.forEach(function (part, i) { all += part; if (i % 2 === 0) on += part; });
      return pattern.length ? on / all : 1;
    }
    var measured = curves.filter(function (curve) { return curve.kind === "measured"; })
      .sort(function (a, b) { return solidity(b) - solidity(a); });
    measured.forEach(function (curve, i) {
      curve.wider = measured.slice(i + 1).filter(function (above) { return alike(curve, above); }).length;
    });
    return measured.concat(curves.filter(function (curve) { return curve.kind !== "measured"; }));
  };

  /* A text in lines no wider than most, broken at spaces and behind hyphens. */
  function wrapped(text, most) {
    var known = wraps[most + text];
    if (known) return known;
    ruler.font = FONT;
    var lines = [];
    text.split(/(?<=-)|(?<=\s)/).forEach(function (part) {
      var longer = lines.length ? lines[lines.length - 1] + part : part;
      if (lines.length && ruler.measureText(longer.trim()).width <= most) lines[lines.length - 1] = longer;
      else lines.push(part);
    });
    lines = lines.map(function (line) { return line.trim(); });
    return wraps[most + text] = { lines: lines, w: Math.max.apply(null, lines.map(function (line) { return ruler.measureText(line).width; })), h: LINE * lines.length };
  }

  function end(series, width, text) {
    if (text) return wrapped(text, width < NARROW ? 88 : 190);
    text = series.end.text || series.end;
    return width < NARROW ? wrapped(series.end.short || text, 88) : wrapped(text, 190);
  }

  function ended(all) {
    return all.series.filter(function (series) { return series.end; });
  }

  function gutter(all, width) {
    return Math.ceil(Math.max.apply(null, ended(all).map(function (series) { return Math.max(end(series, width).w, series.pair ? end(series, width, series.pair.as).w : 0); }))) + GAP + 4;
  }

  /* Labels need room one below the other, even where lines end close together. */
  function tall(all, width, height) {
    var needed = ended(all).reduce(function (sum, series) { return sum + end(series, width).h; }, 110);
    return Math.max(height, needed);
  }

  /* Where a line ends, in CSS pixels of the canvas: its last point in view, or the edge where it goes on beyond. */
  function lastPoint(u, i) {
    var x = u.scales.x, values = u.data[i], scale = u.series[i].scale, y = u.scales[scale], beyond = null;
    function point(at) {
      return {
        x: u.bbox.left / devicePixelRatio + u.valToPos(u.data[0][at], "x"),
        y: u.bbox.top / devicePixelRatio + u.valToPos(values[at], scale)
      };
    }
    for (var at = values.length - 1; at >= 0; at--) {
      var here = u.data[0][at], value = values[at];
      if (value == null || !isFinite(value)) continue;
      if (here > x.max) beyond = at;
      if (here > x.max || here < x.min || value > y.max || value < y.min) continue;
      var last = point(at);
      if (beyond == null) return last;
      var next = point(beyond), edge = u.bbox.left / devicePixelRatio + u.bbox.width / devicePixelRatio;
      return { x: edge, y: last.y + (next.y - last.y) * (edge - last.x) / (next.x - last.x) };
    }
    return null;
  }

  /* Moves labels up and down, as little as possible, until none covers another. */
  function spread(labels, top, bottom) {
    var groups = [];
    labels.slice().sort(function (a, b) { return a.x - b.x; }).forEach(function (label) {
      var last = groups[groups.length - 1];
      if (last && label.x < last.right) last.labels.push(label);
      else groups.push(last = { labels: [label], right: 0 });
      last.right = Math.max(last.right, label.x + label.w + GAP);
    });
    groups.forEach(function (group) {
      var piles = [];
      group.labels.sort(function (a, b) { return a.anchor.y - b.anchor.y; }).forEach(function (label) {
        var pile = { labels: [label], wish: label.anchor.y - label.h / 2, h: label.h };
        for (;;) {
          pile.y = Math.max(top, Math.min(bottom - pile.h, pile.wish / pile.labels.length));
          var above = piles[piles.length - 1];
          if (!above || above.y + above.h <= pile.y) break;
          piles.pop();
          pile = {
            labels: above.labels.concat(pile.labels),
            wish: above.wish + pile.wish - pile.labels.length * above.h,
            h: above.h + pile.h
          };
        }
        piles.push(pile);
      });
      piles.forEach(function (pile) {
        var y = pile.y;
        pile.labels.forEach(function (label) { label.y = y; y += label.h; });
      });
    });
  }

  function write(u, text, x, y, ink) {
    var ratio = devicePixelRatio;
    u.ctx.font = 12 * ratio + "px system-ui, sans-serif";
    u.ctx.textBaseline = "middle";
    u.ctx.textAlign = "left";
    u.ctx.lineJoin = "round";
    u.ctx.lineWidth = 4 * ratio;
    u.ctx.setLineDash([]);
    u.ctx.strokeStyle = colour("sheet");
    u.ctx.strokeText(text, x * ratio, y * ratio);
    u.ctx.fillStyle = ink;
    u.ctx.fillText(text, x * ratio, y * ratio);
  }

  function rule(u, from, to, ink, pattern) {
    var ratio = devicePixelRatio;
    u.ctx.strokeStyle = ink;
    u.ctx.lineWidth = ratio;
    u.ctx.setLineDash(pattern.map(function (part) { return part * ratio; }));
    u.ctx.beginPath();
    u.ctx.moveTo(from.x * ratio, from.y * ratio);
    u.ctx.lineTo(to.x * ratio, to.y * ratio);
    u.ctx.stroke();
  }

  function label(u, all, element) {
    var top = u.bbox.top / devicePixelRatio, bottom = top + u.bbox.height / devicePixelRatio;
    var labels = [];
    all.series.forEach(function (series, i) {
      var anchor = series.end && u.series[i].show && lastPoint(u, i);
      if (!anchor) return;
      var twin = series.pair && labels.find(function (other) {
        return other.pair && other.pair.of === series.pair.of && Math.abs(other.anchor.y - anchor.y) < LINE && Math.abs(other.anchor.x - anchor.x) < LINE;
      });
      var box = end(series, u.width, twin && series.pair.as);
      if (twin) {
        Object.assign(twin, box, { also: i, x: Math.min(twin.anchor.x + GAP, u.width - box.w - 2) });
        return;
      }
      labels.push(Object.assign({}, box, {
        series: i, pair: series.pair, anchor: anchor, stroke: series.stroke, ink: series.ink || series.stroke,
        x: Math.min(anchor.x + GAP, u.width - box.w - 2)
      }));
    });
    spread(labels, top - (all.marks ? 0 : LINE / 2), bottom + LINE / 2);
    u.ctx.save();
    labels.forEach(function (one) {
      var moved = Math.abs(one.y + one.h / 2 - one.anchor.y) > 3;
      if (moved) rule(u, { x: one.anchor.x + 1, y: one.anchor.y }, { x: one.x - 1, y: one.y + one.h / 2 }, one.stroke, []);
    });
    labels.forEach(function (one) {
      one.lines.forEach(function (line, i) { write(u, line, one.x, one.y + LINE * (i + 0.5), one.ink); });
    });
    u.ctx.restore();
    element.labels = labels;
  }

  function mark(u, marks) {
    var top = u.bbox.top / devicePixelRatio, height = u.bbox.height / devicePixelRatio;
    u.ctx.save();
    marks.forEach(function (one, i) {
      if (!(one.at >= u.scales.x.min && one.at <= u.scales.x.max)) return;
      var x = u.bbox.left / devicePixelRatio + u.valToPos(one.at, "x"), row = top - LINE * (i + 0.5) - 2;
      rule(u, { x: x, y: row + LINE / 2 }, { x: x, y: top + height }, colour("muted"), [3, 3]);
      ruler.font = FONT;
      var w = ruler.measureText(one.text).width;
      write(u, one.text, Math.max(2, Math.min(x - w / 2, u.width - w - 2)), row, colour("muted"));
    });
    u.ctx.restore();
  }

  function shade(u, span) {
    var left = Math.max(u.bbox.left, u.bbox.left + u.valToPos(span.from, "x") * devicePixelRatio);
    var right = Math.min(u.bbox.left + u.bbox.width, u.bbox.left + u.valToPos(span.to, "x") * devicePixelRatio);
    if (!(right > left)) return;
    u.ctx.save();
    u.ctx.fillStyle = colour("shade");
    u.ctx.fillRect(left, u.bbox.top, Math.max(devicePixelRatio, right - left), u.bbox.height);
    u.ctx.restore();
  }

  function name(u, spans, element) {
    var seen = spans.filter(function (span) { return span.to > u.scales.x.min && span.from < u.scales.x.max; });
    element.spans = seen;
    ruler.font = FONT;
    u.ctx.save();
    Array.from(new Set(seen.map(function (span) { return span.text; }))).forEach(function (text, row) {
      var own = seen.filter(function (span) { return span.text === text; }), w = ruler.measureText(text).width;
      var first = own.find(function (span) { return u.valToPos(span.to, "x") - u.valToPos(span.from, "x") > w + GAP; }) || own[0];
      var x = u.bbox.left / devicePixelRatio + Math.max(0, u.valToPos(first.from, "x")) + 3;
      write(u, text, Math.max(2, Math.min(x, u.width - w - 2)), u.bbox.top / devicePixelRatio + LINE * (row + 0.5) + 2, colour("muted"));
    });
    u.ctx.restore();
  }

  /* Dashes are of device pixels to uPlot, like everything on a canvas. */
  function prepared(all, element) {
    var pattern = devicePixelRatio;
    all.series.forEach(function (series) {
      if (series.dash) series.dash = series.dash.map(function (part) { return part * pattern; });
    });
    var marks = all.marks || [];
    var hooks = all.hooks = Object.assign({}, all.hooks);
    hooks.draw = (hooks.draw || []).slice();
    all.padding = (all.padding || [null, null, null, null]).slice();
    var spans = all.spans || [];
    if (spans.length) {
      hooks.drawClear = (hooks.drawClear || []).concat(function (u) { spans.forEach(function (span) { shade(u, span); }); });
      hooks.draw.push(function (u) { name(u, spans, element); });
    }
    if (marks.length) {
      all.padding[0] = LINE * marks.length + 6;
      hooks.draw.push(function (u) { mark(u, marks); });
    }
    if (ended(all).length) {
      all.padding[1] = function (u) { return gutter(all, u.width); };
      hooks.draw.push(function (u) { label(u, all, element); });
    }
    return all;
  }

  /* The keys of the legend as the lines are: with their dashes. */
  function keys(all, element) {
    element.querySelectorAll(".u-legend .u-series").forEach(function (row, i) {
      var series = all.series[i], marker = row.querySelector(".u-marker");
      if (!series || !series.end || !marker || series.points && series.points.show) return;
      var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 34 8");
      svg.setAttribute("aria-hidden", "true");
      var stroke = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
      stroke.setAttribute("d", "M0 4H34");
      stroke.setAttribute("stroke", series.stroke);
      stroke.setAttribute("stroke-width", series.width);
      stroke.setAttribute("stroke-dasharray", (series.dash || []).map(function (part) { return part / devicePixelRatio; }).join(" "));
      marker.style.cssText = "border:0;background:none;width:34px;height:8px";
      svg.style.cssText = "display:block;width:34px;height:8px";
      marker.appendChild(svg);
    });
  }

  /* Whether the legend only says once more what stands at the ends of the lines. */
  function repeated(all) {
    return all.series.slice(1).every(function (series) {
      return series.aside || series.end && (series.end.text || series.end) === series.label;
    });
  }

  /* The width that a chart may have, on the screen or on paper. */
  function room(element) { return Math.min(printing ? PRINTED : Infinity, Math.max(200, element.clientWidth - 16)); }

  /*
   * Calls draw(width) when the page's scripts have run, and whenever the width changes. All are measured before any is drawn:
   * to measure after each drawing, the browser would have to lay the page out each time.
   */
  pushpull.sized = function (element, draw) { sized.push({ element: element, draw: draw }); };

  function fit() {
    sized.map(function (one) { return room(one.element); }).forEach(function (width, i) { sized[i].draw(width); });
  }

  /* A chart that is redrawn when the window or the colours change; options() is called each time. */
  pushpull.place = function (element, height, options, series) {
    var all, chart, width;
    element.dataset.placed = "";
    function size() { return { width: width, height: tall(all, width, height) }; }
    function draw() {
      all = prepared(options(), element);
      chart = element.chart = new uPlot(Object.assign(all, size()), series, function (u, begin) {
        element.insertBefore(u.root, element.querySelector(":scope > .tools")); /* the buttons that save it stand below it */
        begin();
      });
      keys(all, element);
      element.classList.toggle("labelled", ended(all).length > 0);
      element.classList.toggle("repeated", repeated(all));
    }
    pushpull.sized(element, function (now) {
      width = now;
      if (chart) chart.setSize(size()); else draw();
    });
    pushpull.onRedraw(function () {
      if (!chart) return;
      chart.destroy();
      draw();
    });
    return { setData: function (next) { series = next; if (chart) chart.setData(next); } };
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

  /* The powers of ten of a logarithmic axis, and what halves them where there are few. */
  pushpull.decades = function (u, index, least, most) {
    var kept = [], few = Math.log10(most / least) < 2.5;
    for (var power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
      (few ? [1, 2, 5] : [1]).forEach(function (step) {
        var at = Number((step * Math.pow(10, power)).toPrecision(1));
        if (at >= least && at <= most) kept.push(at);
      });
    }
    return kept;
  };

  var waiting;
  window.addEventListener("resize", function () {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(fit);
  });
  /* after the page's other scripts, and still before it counts as read */
  queueMicrotask(function () {
    fit();
    /* uPlot draws in tasks of its own, which come first */
    queueMicrotask(function () { document.documentElement.dataset.drawn = String(Math.round(performance.now())); });
  });
  /* paper is narrower than most windows; before page.js draws everything again for it, and so as a capturing listener */
  window.addEventListener("beforeprint", function () { printing = true; fit(); }, true);
  window.addEventListener("afterprint", function () { printing = false; fit(); }, true);
})();
