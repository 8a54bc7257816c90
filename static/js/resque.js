/* Small additions to pages that work without them. No state of its own, nothing in the browser's storage.
   Hooks are data-resque-* attributes; the list stands in docs/look.md. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  /* Keys: n records, Ctrl K searches, Ctrl Enter saves, Alt 1 to 4 choose minutes, Escape closes a menu. */
  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") {
      const find = one("[data-resque-find]");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    } else if (command && event.key === "Enter") {
      const form = event.target.closest("form[method=post]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
    } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const choice = one(`[data-resque-minutes="${event.code.slice(5)}"]`);
      if (choice) { event.preventDefault(); choice.checked = true; choice.focus(); }
    } else if (event.key === "Escape") {
      const menu = event.target.closest("[data-resque-menu][open]") || one("[data-resque-menu][open]");
      if (menu) { menu.open = false; one("summary", menu).focus(); }
    } else if (event.key === "n" && !command && !event.altKey && !typing(event.target) && !one("dialog[open]")) {
      const target = document.body.dataset.resqueRecord;
      if (target) { event.preventDefault(); window.location.assign(target); }
    }
  });

  /* Menus close when one clicks or tabs away. */
  const closeOthers = (event) => {
    for (const menu of all("[data-resque-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);

  /* A form is sent once. Questions come first, in a <dialog>. */
  const rest = (form) => {
    delete form.dataset.resqueSent;
    for (const button of all("[aria-busy]", form)) {
      button.removeAttribute("aria-busy");
      if (button.dataset.resqueLabel) button.firstChild.nodeValue = button.dataset.resqueLabel;
    }
  };
  const ask = (form, submitter) => {
    const dialog = document.getElementById(form.dataset.resqueConfirm);
    dialog.onclick = (event) => {
      const answer = event.target.closest("[data-resque-answer]")?.dataset.resqueAnswer;
      if (!answer) return;
      dialog.close();
      if (answer === "yes") { form.dataset.resqueAsked = "yes"; form.requestSubmit(submitter); }
    };
    dialog.showModal();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.resqueConfirm && form.dataset.resqueAsked !== "yes") {
      event.preventDefault();
      ask(form, event.submitter);
      return;
    }
    if (!("resqueOnce" in form.dataset) || event.defaultPrevented) return;
    if (form.dataset.resqueSent) { event.preventDefault(); return; }
    form.dataset.resqueSent = "yes";
    const button = event.submitter;
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    const text = [...button.childNodes].find((node) => node.nodeType === 3 && node.nodeValue.trim());
    if (button.dataset.resqueBusy && text === button.firstChild) {
      button.dataset.resqueLabel = text.nodeValue;
      text.nodeValue = button.dataset.resqueBusy;
    }
  });
  window.addEventListener("pageshow", () => all("form[data-resque-sent]").forEach(rest));

  /* Boxes that select rows; the bar at the foot counts them. */
  const countRows = () => {
    const boxes = all("[data-resque-row]");
    const chosen = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr")?.classList.toggle("on", box.checked);
    for (const head of all("[data-resque-all]")) {
      head.checked = chosen.length > 0 && chosen.length === boxes.length;
      head.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    for (const bar of all("[data-resque-bulk]")) {
      bar.hidden = chosen.length === 0;
      for (const place of all("[data-resque-chosen]", bar)) place.textContent = chosen.length;
    }
  };

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-resque-all]")) all("[data-resque-row]").forEach((box) => { box.checked = target.checked; });
    if (target.matches("[data-resque-all], [data-resque-row]")) countRows();
    if (target.matches("[data-resque-send]")) target.form.requestSubmit();
    if (target.matches("[data-resque-date]")) target.value = germanDate(target.value);
    if (target.matches("[data-resque-minutes]")) {
      const other = document.getElementsByName(`${target.name}_other`)[0];
      if (other) other.value = "";
    }
  });

  /* 6.2.17, 06022017 and 2017-02-06 become 06.02.2017; anything else stays as typed, the server explains it. */
  const germanDate = (text) => {
    const found = text.trim().match(/^(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4}|\d{2})$/) || text.trim().match(/^(\d{2})(\d{2})(\d{4}|\d{2})$/);
    const iso = text.trim().match(/^(\d{4})-(\d{2})-(\d{2})$/);
    if (iso) return `${iso[3]}.${iso[2]}.${iso[1]}`;
    if (!found) return text;
    const year = found[3].length === 2 ? `20${found[3]}` : found[3];
    return `${found[1].padStart(2, "0")}.${found[2].padStart(2, "0")}.${year}`;
  };

  document.addEventListener("click", (event) => {
    const by = event.target.closest("[data-resque-by]");
    if (by) {
      const field = one("input", by.closest("[data-resque-step]"));
      field.value = Math.max(0, (parseInt(field.value, 10) || 0) + Number(by.dataset.resqueBy));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (event.target.closest("[data-resque-print]")) window.print();
  });

  /* Type-ahead: words go out by POST, so that no name stands in an address; arrows, Enter and Escape choose. */
  const lookup = (box) => {
    const [field, value, list] = [one("[role=combobox]", box), one("[data-resque-value]", box), one("[role=listbox]", box)];
    let timer, request, active = -1;
    const options = () => all("[role=option]", list);
    const show = (open) => { list.hidden = !open; field.setAttribute("aria-expanded", String(open)); if (!open) mark(-1); };
    const mark = (index) => {
      active = index;
      options().forEach((option, place) => {
        option.id ||= `${list.id}_${place}`;
        option.setAttribute("aria-selected", String(place === index));
      });
      if (index < 0) field.removeAttribute("aria-activedescendant");
      else { field.setAttribute("aria-activedescendant", options()[index].id); options()[index].scrollIntoView({ block: "nearest" }); }
    };
    const choose = (option) => {
      field.value = one("b", option)?.textContent ?? option.textContent;
      value.value = option.dataset.resqueOption;
      show(false);
      value.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const search = async () => {
      request?.abort();
      request = new AbortController();
      const words = new URLSearchParams({ q: field.value });
      const token = one("[name=csrfmiddlewaretoken]", field.form)?.value;
      try {
        const answer = await fetch(box.dataset.resqueLookup, { method: "POST", body: words, signal: request.signal, headers: { "X-CSRFToken": token, "HX-Request": "true" } });
        if (answer.redirected || !answer.ok) return;
        list.innerHTML = await answer.text();
        mark(-1);
        show(list.childElementCount > 0);
      } catch { /* a newer question, or no network: the field stays usable */ }
    };
    field.addEventListener("input", () => {
      value.value = "";
      clearTimeout(timer);
      if (field.value.trim().length < 2) show(false);
      else timer = setTimeout(search, 180);
    });
    field.addEventListener("keydown", (event) => {
      const count = options().length;
      if (list.hidden || !count) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark((active + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
      } else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(options()[active]); }
      else if (event.key === "Escape") { event.stopPropagation(); show(false); }
    });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); choose(option); }
    });
    field.addEventListener("blur", () => show(false));
  };

  /* htmx: an expired session leads to the sign-in page, a lost network says so; both keep the text on the page. */
  document.addEventListener("htmx:before:response", (event) => {
    const raw = event.detail.ctx?.response?.raw;
    if (raw?.redirected && new URL(raw.url).pathname.startsWith("/accounts/login")) {
      event.preventDefault();
      window.location.reload();
    }
  });
  document.addEventListener("htmx:error", (event) => {
    const words = document.getElementById("rq-offline");
    if (event.detail.error?.name === "AbortError" || !words || one("[data-resque-offline]")) return;
    one("main").prepend(words.content.cloneNode(true));
  });
  document.addEventListener("htmx:after:request", () => one("[data-resque-offline]")?.remove());

  /* Of a row of tabs that is too long for the screen, the current one stands in sight. */
  const showTab = (tab) => {
    const row = tab.closest(".rq-tabs");
    row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  };

  const start = (root) => {
    all(".rq-tabs [aria-current]", root).forEach(showTab);
    all("[data-resque-lookup]", root).forEach((box) => { if (!box.dataset.resqueReady) { box.dataset.resqueReady = "yes"; lookup(box); } });
    countRows();
  };
  start(document);
  document.addEventListener("htmx:after:swap", () => start(document));
  one("[data-resque-focus]")?.focus();
})();
