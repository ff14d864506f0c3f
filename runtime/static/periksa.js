// What scripts add to the check page: the digest of a file that somebody chooses, worked out in the browser. The file
// goes nowhere. Without scripts the digest is there to be compared by other means.
const box = document.getElementById("pilih-berkas");
const chosen = document.getElementById("berkas");
const result = document.getElementById("hasil");
const expected = document.getElementById("sidik").textContent.trim();

if (globalThis.crypto?.subtle) {
  box.hidden = false;
  chosen.addEventListener("click", () => { chosen.value = ""; });  // the same file again, after it was changed
  chosen.addEventListener("change", async () => {
    result.textContent = "";
    if (!chosen.files.length) return;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await chosen.files[0].arrayBuffer()));
    const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const same = found === expected;
    result.className = same ? "tanda ya" : "galat";
    result.textContent = same ? result.dataset.sama : result.dataset.beda;
  });
}
