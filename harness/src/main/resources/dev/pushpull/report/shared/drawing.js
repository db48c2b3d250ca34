/*
 * What a chart shows, as SVG. A canvas is drawn once more while its strokes, fills and texts are written down, so the SVG
 * is the chart as it stands, zoomed or not; an SVG in the page is copied with its style.
 */
pushpull.drawing = (function () {
  "use strict";
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
    /* a canvas takes a line from nowhere for a move */
    lineTo: function (x, y) { return (this.d ? "L" : "M") + round(x) + " " + round(y); },
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

  /* --- an SVG in the page --- */

  var STYLES = ["stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "font-size",
    "font-weight", "font-family", "text-anchor", "dominant-baseline", "opacity", "vector-effect"];

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

  return { round: round, escaped: escaped, paint: paint, again: drawnAgain, styled: styled };
})();
