// <turbo-frame data-poll src>: looks again while the attribute is there, less often as time goes by, not while hidden.
export default function start(frame, signal) {
  let wait = 500;
  const isOver = () => {
    if (signal.aborted || !frame.isConnected) return true;
    const mark = frame.querySelector("[data-done]");
    if (mark?.dataset.done) window.Turbo.visit(mark.dataset.done, { action: "replace" });
    return mark !== null || !frame.hasAttribute("data-poll");
  };
  const again = () => setTimeout(async () => {
    if (isOver()) return;
    if (!document.hidden) {
      // A visit that somebody starts meanwhile takes the question back.
      if (frame.src) await Promise.resolve(frame.reload()).catch(() => {});
      else frame.src = frame.dataset.poll || location.href;
      await Promise.resolve(frame.loaded).catch(() => {});
    }
    // What the answer says counts at once: an end leaves nothing to wait for.
    if (isOver()) return;
    wait = Math.min(wait * 1.25, 5000);
    again();
  }, wait);
  again();
}
