// Forms of the admin, which work without this: shorter lists to choose from, and errors first.

// A list of parts, such as sub-sources, keeps those of what its other field holds.
function followWhole(part) {
  const row = part.closest("tr") ?? part.form;
  const whole = row?.querySelector(`select[name$="${part.dataset.partOf}"]`);
  if (!whole) return;
  const groups = [...part.querySelectorAll("optgroup")];
  const narrow = () => {
    const chosen = whole.selectedOptions[0]?.text;
    const typed = part.selectedOptions[0]?.closest("optgroup");
    const kept = groups.filter((group) => group.label === chosen || group === typed);
    groups.forEach((group) => group.remove());
    // Without a whole that has parts, everything stays, so that nothing chosen is lost.
    part.append(...(chosen && whole.value ? kept : groups));
  };
  whole.addEventListener("change", () => {
    if (part.selectedOptions[0]?.closest("optgroup")?.label !== whole.selectedOptions[0]?.text) {
      part.value = "";
    }
    narrow();
  });
  narrow();
}

// A long list gets a box in which to type a part of what is looked for.
function addSearch(list) {
  const isSelect = list instanceof HTMLSelectElement;
  const entries = isSelect ? [...list.options].filter((each) => each.value) : [...list.querySelectorAll("label:has(input)")];
  if (entries.length < 20) return;
  const show = isSelect ? showOptions(list) : showLabels;
  const name = isSelect ? list.labels[0]?.textContent.replace(":", "").trim() : list.ariaLabel;
  const box = document.createElement("input");
  const found = document.createElement("span");
  box.type = "text";
  box.className = "app-search";
  box.autocomplete = "off";
  box.placeholder = "Type to shorten the list";
  box.setAttribute("aria-label", `Type to shorten the list: ${name ?? ""}`);
  found.className = "app-search-found";
  found.setAttribute("role", "status");
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = entries.filter((entry) => words.every((word) => entry.textContent.toLowerCase().includes(word)));
    show(entries, new Set(fits));
    found.textContent = words.length ? `${fits.length} found` : "";
  });
  // Enter would save the whole page.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  const frame = document.createElement("div");
  frame.className = "app-searchable";
  list.before(frame);
  frame.append(box, found, list);
}

// Options are taken out of the list: not every browser hides them.
function showOptions(list) {
  const groups = [...list.children].map((node) => [node, [...node.children]]);
  return (entries, fits) => {
    const kept = list.value;
    const stays = (option) => !option.value || option.selected || fits.has(option);
    list.replaceChildren(
      ...groups.flatMap(([node, options]) => {
        if (!(node instanceof HTMLOptGroupElement)) return stays(node) ? [node] : [];
        node.replaceChildren(...options.filter(stays));
        return node.children.length ? [node] : [];
      }),
    );
    list.value = kept;
  };
}

function showLabels(labels, fits) {
  for (const label of labels) {
    label.parentElement.hidden = !fits.has(label) && !label.querySelector("input").checked;
  }
}

document.querySelectorAll("select[data-part-of]").forEach(followWhole);
document.querySelectorAll("select[data-searchable], .app-checks").forEach(addSearch);

const summary = document.querySelector(".govuk-error-summary");
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}
