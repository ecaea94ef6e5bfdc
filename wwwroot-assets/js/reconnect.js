// Shows what becomes of the connection. A server that forgot the page (restart) is met with an offer to reload, never with a silent one:
// what was typed can still be copied.
const modal = document.getElementById("components-reconnect-modal");

modal.addEventListener("components-reconnect-state-changed", event => {
  switch (event.detail.state) {
    case "show":
      if (!modal.open) modal.showModal();
      break;
    case "hide":
      modal.close();
      break;
    case "failed":
      document.addEventListener("visibilitychange", retryWhenSeen);
      break;
  }
});

modal.addEventListener("cancel", event => event.preventDefault());
modal.querySelector("[data-reconnect=retry]").addEventListener("click", retry);
modal.querySelector("[data-reconnect=reload]").addEventListener("click", () => location.reload());

async function retry() {
  document.removeEventListener("visibilitychange", retryWhenSeen);
  try {
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) {
      location.reload();
      return;
    }
    modal.close();
  } catch {
    // The network is still away: try again when the person comes back to the tab.
    document.addEventListener("visibilitychange", retryWhenSeen);
  }
}

function retryWhenSeen() {
  if (document.visibilityState === "visible") retry();
}
