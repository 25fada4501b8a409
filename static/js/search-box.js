// Suggestions under a search field: the ARIA combobox with a list box. Without this the field is a plain form.
const WAIT = 180;

class SearchBox {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-vorschlaege`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestionsLabel);
    this.list.hidden = true;
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // A press on an option must not take the focus away before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role='option']")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role='option']")];
  }

  get active() {
    return this.list.querySelector("[aria-selected='true']");
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.load(text), WAIT);
  }

  async load(text) {
    this.request = new AbortController();
    try {
      const address = `${this.input.dataset.suggestions}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok) {
        this.show(await answer.text());
      }
    } catch {
      // Typed on, or the network is away: the field still searches.
      this.close();
    }
  }

  show(markup) {
    this.list.innerHTML = markup;
    this.options.forEach((option, number) => {
      option.id = `${this.list.id}-${number}`;
    });
    const number = this.options.length;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = number === 0 || document.activeElement !== this.input;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    if (document.activeElement === this.input) {
      this.say(number);
    }
  }

  say(number) {
    const { suggestionsNone, suggestionsOne, suggestionsCount } = this.input.dataset;
    const words = [suggestionsNone, suggestionsOne][number] ?? suggestionsCount.replace("{n}", number);
    document.getElementById("meldung").textContent = words;
  }

  press(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && !this.list.hidden) {
      event.preventDefault();
      this.move(moves[event.key]);
    } else if (event.key === "ArrowDown" && this.options.length) {
      event.preventDefault();
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.move(1);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && !this.list.hidden && this.active) {
      event.preventDefault();
      this.take(this.active);
    }
  }

  move(step) {
    const options = this.options;
    const here = options.indexOf(this.active);
    // One step beyond either end leads back to what was typed.
    const places = options.length + 1;
    const next = options[(((here + 1 + step) % places) + places) % places - 1];
    this.active?.setAttribute("aria-selected", "false");
    if (next) {
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", next.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  take(option) {
    if (option) {
      this.close();
      window.location.assign(option.dataset.url);
    }
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.active?.setAttribute("aria-selected", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-expanded", "false");
  }
}

for (const input of document.querySelectorAll("[data-suggestions]")) {
  new SearchBox(input);
}
