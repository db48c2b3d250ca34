/*
 * Charts as pictures to take along. A chart on a canvas is drawn once more while its strokes, fills and texts are
 * written down, so the SVG is the chart as it stands, zoomed or not; an SVG in the page is copied with its style. The
 * PNG is made of that SVG.
 */
(function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var MARGIN = 16;
  var FAMILY = "system-ui, sans-serif";
  var ruler = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  var solids = {};

  function round(value) { return String(Math.round(value * 100) / 100); }

  function escaped(text) {
    return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, function (sign) {
      return { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" }[sign];
    });
  }

  /* Any CSS colour as one that every program reads, with its opacity; empty where nothing is painted. */
  function solid(css) {
    if (!(css in solids)) {
      ruler.clearRect(0, 0, 1, 1);
      ruler.fillStyle = css;
      ruler.fillRect(0, 0, 1, 1);
      var of = ruler.getImageData(0, 0, 1, 1).data;
      solids[css] = of[3] === 0 ? null : {
        colour: "#" + [0, 1, 2].map(function (i) { return (256 + of[i]).toString(16).slice(1); }).join(""),
        opacity: of[3] / 255
      };
    }
    return solids[css];
  }

  function paint(what, css, alpha) {
    var of = css === "none" ? null : solid(css);
    if (!of) return " " + what + "=\"none\"";
    var opacity = of.opacity * alpha;
    return " " + what + "=\"" + of.colour + "\"" + (opacity < 1 ? " " + what + "-opacity=\"" + round(opacity) + "\"" : "");
  }

  /* --- a canvas --- */

  /* The commands that make a path, as SVG writes them. */
  var COMMANDS = {
    moveTo: function (x, y) { return "M" + round(x) + " " + round(y); },
    lineTo: function (x, y) { return "L" + round(x) + " " + round(y); },
    bezierCurveTo: function (a, b, c, d, x, y) { return "C" + [a, b, c, d, x, y].map(round).join(" "); },
    quadraticCurveTo: function (a, b, x, y) { return "Q" + [a, b, x, y].map(round).join(" "); },
    rect: function (x, y, w, h) { return "M" + round(x) + " " + round(y) + "h" + round(w) + "v" + round(h) + "h" + round(-w) + "Z"; },
    arc: function (x, y, r, from, to, back) {
      var part = Math.min(Math.abs(to - from), 2 * Math.PI) * (back ? -1 : 1) / 2;
      function at(angle) { return round(x + r * Math.cos(angle)) + " " + round(y + r * Math.sin(angle)); }
      function to2(angle) { return "A" + round(r) + " " + round(r) + " 0 0 " + (back ? 0 : 1) + " " + at(angle); }
      return (this.d ? "L" : "M") + at(from) + to2(from + part) + to2(from + 2 * part);
    },
    closePath: function () { return this.d ? "Z" : ""; }
  };

  var Native = window.Path2D;

  class Written extends Native {
    constructor(other) {
      super(other);
      this.d = other && other.d || "";
    }
    addPath(other, by) {
      this.d += other.d || "";
      super.addPath(other, by);
    }
  }
  Object.keys(COMMANDS).forEach(function (name) {
    Written.prototype[name] = function () {
      this.d += COMMANDS[name].apply(this, arguments);
      Native.prototype[name].apply(this, arguments);
    };
  });

  function text(context, words, x, y, how) {
    var font = /^(?:(\S+) )??([\d.]+)px (.*)$/.exec(context.font) || [null, "", 12, FAMILY];
    var size = Number(font[2]);
    var drop = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2, ideographic: -0.2 }[context.textBaseline] || 0;
    var anchor = { center: "middle", right: "end", end: "end" }[context.textAlign];
    return "<text x=\"" + round(x) + "\" y=\"" + round(y + drop * size) + "\" font-size=\"" + round(size) + "\" font-family=\"" +
      escaped(font[3]) + "\"" + (font[1] ? " font-weight=\"" + escaped(font[1]) + "\"" : "") +
      (anchor ? " text-anchor=\"" + anchor + "\"" : "") + how + ">" + escaped(words) + "</text>";
  }

  /* Draws what a canvas shows once more, and gives it as SVG without an outer element. */
  function drawnAgain(canvas, draw, prefix) {
    var context = canvas.getContext("2d");
    var parts = [], definitions = [], clips = [[]], current = { d: "" };

    function transform() {
      var m = context.getTransform();
      return m.isIdentity ? "" : " transform=\"matrix(" + [m.a, m.b, m.c, m.d, m.e, m.f].map(round).join(" ") + ")\"";
    }
    function add(element) {
      clips[clips.length - 1].forEach(function (id) { element = "<g clip-path=\"url(#" + id + ")\">" + element + "</g>"; });
      parts.push(element);
    }
    function stroke() {
      var dash = context.getLineDash();
      return paint("stroke", context.strokeStyle, context.globalAlpha) + " stroke-width=\"" + round(context.lineWidth) + "\"" +
        (dash.length ? " stroke-dasharray=\"" + dash.map(round).join(" ") + "\"" : "") +
        (context.lineJoin !== "miter" ? " stroke-linejoin=\"" + context.lineJoin + "\"" : "") +
        (context.lineCap !== "butt" ? " stroke-linecap=\"" + context.lineCap + "\"" : "");
    }
    function fill() { return paint("fill", context.fillStyle, context.globalAlpha); }
    function shape(d, how) { if (d) add("<path d=\"" + d + "\"" + how + transform() + "/>"); }
    function path(given) { return given instanceof Native ? given.d : current.d; }
    var written = {
      save: function () { clips.push(clips[clips.length - 1].slice()); },
      restore: function () { if (clips.length > 1) clips.pop(); },
      beginPath: function () { current.d = ""; },
      clearRect: function () { parts = []; },
      clip: function (given) {
        var id = prefix + "-" + definitions.length;
        definitions.push("<clipPath id=\"" + id + "\"><path d=\"" + path(given) + "\"" + transform() + "/></clipPath>");
        clips[clips.length - 1].push(id);
      },
      stroke: function (given) { shape(path(given), " fill=\"none\"" + stroke()); },
      fill: function (given) { shape(path(given), fill()); },
      fillRect: function (x, y, w, h) { shape(COMMANDS.rect(x, y, w, h), fill()); },
      strokeRect: function (x, y, w, h) { shape(COMMANDS.rect(x, y, w, h), " fill=\"none\"" + stroke()); },
      fillText: function (words, x, y) { add(text(context, words, x, y, fill() + transform())); },
      strokeText: function (words, x, y) { add(text(context, words, x, y, " fill=\"none\"" + stroke() + transform())); }
    };
    Object.keys(COMMANDS).forEach(function (name) {
      written[name] = function () { current.d += COMMANDS[name].apply(current, arguments); };
    });
    Object.keys(written).forEach(function (name) {
      context[name] = function () {
        written[name].apply(null, arguments);
        return CanvasRenderingContext2D.prototype[name].apply(context, arguments);
      };
    });
    window.Path2D = Written;
    /* uPlot draws after all that was begun before */
    return Promise.resolve(draw()).then(function () {}).finally(function () {
      Object.keys(written).forEach(function (name) { delete context[name]; });
      window.Path2D = Native;
    }).then(function () {
      return (definitions.length ? "<defs>" + definitions.join("") + "</defs>" : "") + parts.join("");
    });
  }

  function nested(x, y, width, height, box, inner) {
    return "<svg x=\"" + round(x) + "\" y=\"" + round(y) + "\" width=\"" + round(width) + "\" height=\"" + round(height) +
      "\" viewBox=\"" + box + "\">" + inner + "</svg>";
  }

  /* A canvas of uPlot's, or of one who says how it is drawn; of any other, its pixels. */
  function onCanvas(canvas, chart, prefix) {
    var plot = chart.chart, draw = chart.redraw;
    if (plot && plot.ctx && plot.ctx.canvas === canvas) {
      draw = function () {
        plot.series.forEach(function (series) { series._paths = null; });
        plot.redraw(false);
      };
    }
    if (!draw) {
      return Promise.resolve("<image width=\"" + canvas.width + "\" height=\"" + canvas.height + "\" href=\"" + canvas.toDataURL() + "\"/>");
    }
    return drawnAgain(canvas, draw, prefix);
  }

  /* --- an SVG in the page --- */

  var STYLES = ["stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "font-size",
    "font-weight", "font-family", "text-anchor", "dominant-baseline", "opacity"];

  function styled(from) {
    var to = from.cloneNode(false);
    var style = getComputedStyle(from);
    if (style.display === "none") return null;
    if (from instanceof SVGElement && !from.matches("title, desc, defs, svg")) {
      ["fill", "stroke"].forEach(function (what) {
        var of = style[what] === "none" || style[what].indexOf("url") === 0 ? null : solid(style[what]);
        to.setAttribute(what, of ? of.colour : "none");
        var opacity = of ? of.opacity * Number(style[what + "Opacity"]) : 1;
        if (opacity < 1) to.setAttribute(what + "-opacity", round(opacity));
      });
      STYLES.forEach(function (name) {
        var value = style.getPropertyValue(name);
        if (value && value !== "none" && value !== "normal" && value !== "auto") to.setAttribute(name, value);
      });
    }
    ["class", "style", "id", "role", "tabindex", "aria-label"].forEach(function (name) { to.removeAttribute(name); });
    from.childNodes.forEach(function (child) {
      var copy = child.nodeType === 1 ? styled(child) : child.nodeType === 3 ? child.cloneNode() : null;
      if (copy) to.appendChild(copy);
    });
    return to;
  }

  /* --- the whole picture --- */

  function visible(element) { return element.offsetParent !== null || element.getClientRects().length > 0; }

  /* Words in lines that fit. */
  function lines(words, size, weight, most) {
    ruler.font = weight + " " + size + "px " + FAMILY;
    var made = [];
    words.split(" ").forEach(function (word) {
      var longer = made.length ? made[made.length - 1] + " " + word : word;
      if (made.length && ruler.measureText(longer).width <= most) made[made.length - 1] = longer;
      else made.push(word);
    });
    return made;
  }

  function Sheet(width) {
    var y = MARGIN, parts = [], inks = { ink: pushpull.colour("ink"), muted: pushpull.colour("muted"), sheet: pushpull.colour("sheet") };
    this.write = function (words, size, weight, ink) {
      lines(words, size, weight, width - 2 * MARGIN).forEach(function (line) {
        y += Math.ceil(size * 1.35);
        parts.push("<text x=\"" + MARGIN + "\" y=\"" + round(y - size * 0.35) + "\" font-size=\"" + size + "\" font-weight=\"" + weight +
          "\" font-family=\"" + FAMILY + "\"" + paint("fill", ink in inks ? inks[ink] : ink, 1) + ">" + escaped(line) + "</text>");
      });
    };
    this.space = function (height) { y += height; };
    this.put = function (high, made) { parts.push(made(MARGIN, y)); y += high; };
    this.done = function (title, told) {
      var height = Math.ceil(y + MARGIN);
      return "<svg xmlns=\"" + NS + "\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
        "\" role=\"img\"><title>" + escaped(title) + "</title>" + (told ? "<desc>" + escaped(told) + "</desc>" : "") +
        "<rect width=\"" + width + "\" height=\"" + height + "\"" + paint("fill", inks.sheet, 1) + "/>" + parts.join("") + "</svg>";
    };
  }

  /* The keys of a legend, as they are seen, in rows. */
  function legend(sheet, chart, width) {
    var rows = Array.from(chart.querySelectorAll(".u-legend .u-series")).slice(1).filter(visible);
    var keys = rows.map(function (row) {
      var marker = row.querySelector(".u-marker"), own = marker && marker.querySelector("path"), style = marker && getComputedStyle(marker);
      var label = row.querySelector(".u-label");
      return {
        words: (label || row).textContent,
        colour: own ? own.getAttribute("stroke") : style ? style.borderTopColor : "gray",
        dash: own ? own.getAttribute("stroke-dasharray") : style && { dashed: "5 3", dotted: "2 2" }[style.borderTopStyle]
      };
    }).filter(function (key) { return key.words; });
    if (!keys.length) return;
    ruler.font = "12px " + FAMILY;
    var row = 0, x = 0, drawn = keys.map(function (key) {
      var wide = 46 + ruler.measureText(key.words).width;
      if (x > 0 && x + wide > width) { x = 0; row++; }
      var at = x, line = 18 * row + 12;
      x += wide + 12;
      return "<path d=\"M" + round(at) + " " + (line - 4) + "h26\" fill=\"none\"" + paint("stroke", key.colour, 1) + " stroke-width=\"3\"" +
        (key.dash ? " stroke-dasharray=\"" + key.dash + "\"" : "") + "/><text x=\"" + round(at + 34) + "\" y=\"" + line +
        "\" font-size=\"12\" font-family=\"" + FAMILY + "\"" + paint("fill", pushpull.colour("ink"), 1) + ">" + escaped(key.words) + "</text>";
    });
    sheet.put(18 * (row + 1) + 4, function (left, top) {
      return "<g transform=\"translate(" + round(left) + " " + round(top) + ")\">" + drawn.join("") + "</g>";
    });
  }

  function heading(unit) {
    var figure = unit.closest("figure"), section = unit.closest("section");
    var found = figure && figure.querySelector("h3, h4, figcaption > strong") || section && section.querySelector("h2, h3");
    return found && !unit.contains(found) ? found.textContent.trim() : "";
  }

  function run() {
    var kicker = document.querySelector("main .kicker");
    return kicker ? kicker.textContent.trim() : document.title;
  }

  function boxes(unit) {
    return Array.from(unit.querySelectorAll("canvas, svg[role=img]")).concat(unit.matches("svg") ? [unit] : []).filter(visible);
  }

  /* The picture of one chart, or of several that belong together: SVG as text. */
  function picture(unit) {
    var title = heading(unit), drawn = boxes(unit);
    var width = Math.ceil(Math.max.apply(null, drawn.map(function (box) { return box.getBoundingClientRect().width; }))) + 2 * MARGIN;
    var sheet = new Sheet(width);
    if (title) { sheet.write(title, 16, 600, "ink"); sheet.space(6); }
    return drawn.reduce(function (before, box, i) {
      return before.then(function () {
        var chart = box.closest(".chart") || unit;
        var own = chart.querySelector("h3, h4"), size = box.getBoundingClientRect();
        if (own && own.textContent.trim() !== title) sheet.write(own.textContent.trim(), 13, 600, getComputedStyle(own).color);
        if (box.tagName.toLowerCase() === "svg") {
          var inner = Array.from(styled(box).childNodes).map(function (node) { return new XMLSerializer().serializeToString(node); }).join("");
          var view = box.getAttribute("viewBox") || "0 0 " + size.width + " " + size.height;
          sheet.put(size.height + 8, function (x, y) { return nested(x, y, size.width, size.height, view, inner); });
          return null;
        }
        return onCanvas(box, chart, "clip" + i).then(function (inner) {
          sheet.put(size.height + 8, function (x, y) { return nested(x, y, size.width, size.height, "0 0 " + box.width + " " + box.height, inner); });
          legend(sheet, chart, width - 2 * MARGIN);
        });
      });
    }, Promise.resolve()).then(function () {
      sheet.write(run(), 11, 400, "muted");
      return sheet.done(title || run(), unit.getAttribute("aria-label"));
    });
  }

  /* The same as pixels, two for each of the page's. */
  function png(svg) {
    return new Promise(function (done, failed) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = 2 * image.naturalWidth;
        canvas.height = 2 * image.naturalHeight;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(done, "image/png");
      };
      image.onerror = function () { failed(new Error("the picture cannot be drawn")); };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    });
  }

  function name(unit) {
    var run = document.querySelector("main .kicker span");
    var words = (run ? run.textContent + "-" : "") + (unit.id || heading(unit) || "chart");
    return words.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 100);
  }

  /* Buttons may not stand in what is one picture to a screen reader, nor become a cell of a grid. */
  function place(unit, tools) {
    var image = unit.getAttribute("role") === "img" || unit.tabIndex >= 0;
    if (!image || unit.matches(".scroll")) return unit.appendChild(tools);
    if (/grid|flex/.test(getComputedStyle(unit.parentElement).display)) {
      var around = pushpull.element("div");
      unit.replaceWith(around);
      around.appendChild(unit);
    }
    return unit.after(tools);
  }

  function offer(unit) {
    var tools = pushpull.element("div", "tools");
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Take along: " + (heading(unit) || "chart"));
    tools.appendChild(pushpull.button("PNG", function () {
      picture(unit).then(png).then(function (blob) { pushpull.save(name(unit) + ".png", blob); });
    }));
    tools.appendChild(pushpull.button("SVG", function () {
      picture(unit).then(function (svg) { pushpull.save(name(unit) + ".svg", new Blob([svg], { type: "image/svg+xml" })); });
    }));
    place(unit, tools);
  }

  pushpull.picture = picture;
  pushpull.png = png;
  var units = new Set();
  document.querySelectorAll("main .chart, main svg[role=img]").forEach(function (chart) {
    units.add(chart.tagName.toLowerCase() === "svg" ? chart.closest(".scroll") || chart : chart.parentElement.closest("[role=img]") || chart);
  });
  units.forEach(function (unit) { if (unit.querySelector("canvas, svg[role=img]") || unit.matches("svg")) offer(unit); });
})();
