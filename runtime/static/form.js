// What scripts add to a form that works without them: questions appear as their conditions come true, the error
// summary takes the focus, the place can be filled in from the device. Conditions come as data; nothing is evaluated.
import { holds } from "./condition.js";

const form = document.getElementById("isian");
const outer = (node) => node.parentElement.closest("[data-kartu]");
const MONTHS = { jan: 1, feb: 2, peb: 2, mar: 3, apr: 4, mei: 5, may: 5, jun: 6, jul: 7, agu: 8, agt: 8, ags: 8, aug: 8,
  sep: 9, okt: 10, oct: 10, nov: 11, nop: 11, des: 12, dec: 12 };
const SCALES = { ribu: 1e3, rb: 1e3, juta: 1e6, jt: 1e6, miliar: 1e9, milyar: 1e9 };

// The same reading as runtime/citizen/written_number.py, for the common forms; the server has the last word.
export function number(text) {
  let bare = text.replace(/\s+/g, " ").trim().toLowerCase().replace(/^(rp|idr)\.? ?/, "").replace(/,-+$/, "");
  bare = bare.replace(/ ?(m2|m²|m3|m³)$/, "");
  const sign = /^[-−]/.test(bare) ? -1 : 1;
  bare = bare.replace(/^[-−\s]+/, "");
  const worded = /^(.*\d) ?(ribu|rb|juta|jt|miliar|milyar)$/.exec(bare);
  const scale = worded ? SCALES[worded[2]] : 1;
  if (worded) bare = worded[1];
  if (/^\d{1,3}( \d{3})+(,\d+)?$/.test(bare)) bare = bare.replace(/ /g, "");
  if (/^[1-9]\d{0,2},\d{3}$/.test(bare) && !worded) return undefined;
  if (/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(bare)) bare = bare.replace(/\./g, "").replace(",", ".");
  else if (/^\d+,\d+$/.test(bare)) bare = bare.replace(",", ".");
  else if (/^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare)) bare = bare.replace(/,/g, "");
  return /^\d+(\.\d+)?$/.test(bare) ? Number((sign * scale * Number(bare)).toPrecision(15)) : undefined;
}

// The same reading as runtime/citizen/written_date.py.
export function day(text) {
  const bare = text.replace(/\s+/g, " ").trim().toLowerCase().replace(/\s*([/\-.])\s*/g, "$1");
  let found = /^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$/.exec(bare) || /^(\d{2})(\d{2})(\d{4})$/.exec(bare);
  let parts = found && [found[3], found[2], found[1]];
  if ((found = /^(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})$/.exec(bare))) parts = found.slice(1);
  found = /^(?:[a-z']+,? )?(\d{1,2})[ \-]([a-z]{3,9})(?:\.|[ \-])(\d{4})$/.exec(bare);
  if (found) parts = [found[3], MONTHS[found[2].slice(0, 3)] || 0, found[1]];
  if (!parts) return undefined;
  const iso = `${parts[0]}-${String(parts[1]).padStart(2, "0")}-${String(parts[2]).padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00Z`);
  return !isNaN(date) && date.toISOString().slice(0, 10) === iso ? iso : undefined;
}

// The answer of one question, or undefined while there is none that can be read.
function answer(question) {
  const kind = question.dataset.jenis;
  const [first] = question.querySelectorAll("input, select, textarea");
  const checked = [...question.querySelectorAll("input:checked")].map((one) => one.value);
  if (kind === "daftar") return question.querySelector("[data-kartu]") ? [{}] : undefined;
  if (kind === "pilihan_ganda") return checked.length ? checked : undefined;
  if (kind === "ya_tidak") return checked.length ? checked[0] === "ya" : undefined;
  if (first.type === "radio") return checked[0];
  const text = first.value;
  if (["bilangan", "uang", "desimal"].includes(kind)) return number(text);
  if (kind === "tanggal") return day(text);
  return text.trim() === "" ? undefined : text.trim();
}

// Show what applies. Answers of hidden questions do not count, so it settles in as many rounds as conditions chain.
function settle(questions, known) {
  for (let round = 0; round <= questions.length; round++) {
    const facts = { ...known };
    for (const question of questions) {
      const value = question.hidden ? undefined : answer(question);
      delete facts[question.dataset.isian];
      if (value !== undefined) facts[question.dataset.isian] = value;
    }
    let changed = false;
    for (const question of questions) {
      if (!question.dataset.bila) continue;
      const hidden = !holds(JSON.parse(question.dataset.bila), facts);
      changed ||= hidden !== question.hidden;
      question.hidden = hidden;
    }
    if (!changed) return;
  }
}

function refresh() {
  const all = [...form.querySelectorAll("[data-isian]")];
  settle(all.filter((one) => !outer(one)), JSON.parse(form.dataset.fakta || "{}"));
  for (const card of form.querySelectorAll("[data-kartu]")) settle(all.filter((one) => outer(one) === card), {});
  const shown = all.filter((one) => one.hasAttribute("data-syarat") && !one.hidden);
  form.elements.terlihat.value = shown.map((one) => one.id.slice(2)).join(" ");
}

function offerPlace(question) {
  const field = question.querySelector("input"), button = document.createElement("button");
  button.type = "button";
  button.className = "kecil";
  button.textContent = form.dataset.kataLokasi;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    field.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
  }, () => field.focus(), { enableHighAccuracy: true, timeout: 15000 }));
  field.after(button);
}

if (form) {
  form.addEventListener("input", refresh);
  form.addEventListener("change", refresh);
  window.addEventListener("pageshow", refresh);
  refresh();
  if ("geolocation" in navigator) form.querySelectorAll("[data-jenis=koordinat]").forEach(offerPlace);
}
// Not every browser follows `autofocus` on what is not a control.
addEventListener("load", () => {
  if (document.activeElement === document.body) document.querySelector("[data-fokus]")?.focus();
});
