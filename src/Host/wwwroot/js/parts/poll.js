// <turbo-frame data-poll src>: looks again while the attribute is there, less often as time goes by, not while hidden.
export default function start(frame, signal) {
  let wait = 500;
  const again = () => setTimeout(async () => {
    if (signal.aborted || !frame.isConnected) return;
    const mark = frame.querySelector("[data-done]");
    if (mark || !frame.hasAttribute("data-poll")) return mark?.dataset.done ? window.Turbo.visit(mark.dataset.done, { action: "replace" }) : undefined;
    if (!document.hidden) {
      // A visit that somebody starts meanwhile takes the question back.
      if (frame.src) await Promise.resolve(frame.reload()).catch(() => {});
      else frame.src = frame.dataset.poll || location.href;
      await Promise.resolve(frame.loaded).catch(() => {});
    }
    wait = Math.min(wait * 1.25, 5000);
    again();
  }, wait);
  again();
}
