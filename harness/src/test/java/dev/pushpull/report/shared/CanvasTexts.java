package dev.pushpull.report.shared;

/** Scripts that find out where text stands in charts, which a canvas does not tell. */
final class CanvasTexts {
    /**
     * Run before a page's own scripts: remembers the box of every text on a canvas until that is cleared, how often it was,
     * and whether all charts were drawn when the page had been read.
     */
    static final String RECORDER = """
            (() => {
              const context = CanvasRenderingContext2D.prototype, fill = context.fillText, clear = context.clearRect;
              context.fillText = function (text, x, y, ...rest) {
                const m = this.measureText(text), t = this.getTransform();
                const corners = [[x - m.actualBoundingBoxLeft, y - m.actualBoundingBoxAscent],
                  [x + m.actualBoundingBoxRight, y + m.actualBoundingBoxDescent]]
                  .map(([a, b]) => [t.a * a + t.c * b + t.e, t.b * a + t.d * b + t.f]);
                if (String(text).trim()) (this.canvas.texts ||= []).push({
                  text: String(text),
                  left: Math.min(corners[0][0], corners[1][0]), right: Math.max(corners[0][0], corners[1][0]),
                  top: Math.min(corners[0][1], corners[1][1]), bottom: Math.max(corners[0][1], corners[1][1])
                });
                return fill.call(this, text, x, y, ...rest);
              };
              context.clearRect = function (x, y, w, h) {
                const t = this.getTransform();
                if (t.a * w > this.canvas.width - 1 && t.d * h > this.canvas.height - 1) {
                  this.canvas.texts = [];
                  this.canvas.drawings = (this.canvas.drawings || 0) + 1;
                }
                return clear.call(this, x, y, w, h);
              };
              document.addEventListener('DOMContentLoaded',
                () => { window.drawnInTime = document.documentElement.dataset.drawn !== undefined; });
              for (const side of ['width', 'height']) {
                const kept = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
                Object.defineProperty(HTMLCanvasElement.prototype, side, {
                  get() { return kept.get.call(this); },
                  set(value) { this.texts = []; kept.set.call(this, value); }
                });
              }
            })();""";

    /** What is wrong with texts in the charts of a page: a list of sentences. */
    static final String PROBLEMS = """
            const problems = [];
            function compare(where, texts, width, height, scale) {
              texts.forEach((one, i) => {
                if (one.left < -scale || one.top < -scale || one.right > width + scale || one.bottom > height + scale)
                  problems.push(where + ': "' + one.text + '" is clipped');
                texts.slice(0, i).forEach(other => {
                  const x = Math.min(one.right, other.right) - Math.max(one.left, other.left);
                  const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
                  if (x > scale && y > scale) problems.push(where + ': "' + one.text + '" is over "' + other.text + '"');
                });
              });
            }
            function named(element) {
              const host = element.closest('[id]');
              return host ? '#' + host.id : element.tagName;
            }
            document.querySelectorAll('canvas').forEach(canvas => {
              if (!canvas.getClientRects().length) return;
              compare(named(canvas), canvas.texts || [], canvas.width, canvas.height, devicePixelRatio);
              const box = canvas.getBoundingClientRect(), page = document.documentElement.clientWidth;
              if (box.left < -1 || box.right > page + 1) problems.push(named(canvas) + ' is wider than the page');
            });
            document.querySelectorAll('svg').forEach(svg => {
              const at = svg.getBoundingClientRect();
              if (!at.width) return;
              compare(named(svg), [...svg.querySelectorAll('text')].map(text => {
                const box = text.getBoundingClientRect();
                return { text: text.textContent, left: box.left - at.left, right: box.right - at.left,
                  top: box.top - at.top, bottom: box.bottom - at.top };
              }), at.width, at.height, 1);
            });
            return problems;""";

    /** Lines of the charts given by their ids that have a point in view and no label at their end. */
    static final String UNLABELLED = """
            const missing = [];
            arguments[0].forEach(id => {
              const host = document.getElementById(id), u = host.chart;
              if (!u) { missing.push(id + ' has no chart'); return; }
              u.series.forEach((series, i) => {
                const drawn = i > 0 && series.show && u.data[i].some((y, at) => y != null && isFinite(y)
                  && u.data[0][at] >= u.scales.x.min && u.data[0][at] <= u.scales.x.max
                  && y >= u.scales.y.min && y <= u.scales.y.max);
                const label = drawn && (host.labels || []).find(one => one.series === i || one.also === i);
                if (drawn && !label) missing.push(id + ': ' + series.label);
                if (label && Math.abs(label.x - label.anchor.x) > label.w + 20)
                  missing.push(id + ': ' + series.label + ' is labelled far from its end');
              });
            });
            return missing;""";

    private CanvasTexts() {}
}
