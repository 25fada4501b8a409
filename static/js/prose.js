// Turns text boxes with `data-prose` into an editor with a tool bar. The text box keeps the HTML that is sent,
// so that forms, drafts and the server know nothing of the editor. Its labels come with the text box, translated.
import {
  BulletList, Blockquote, Bold, Document, Editor, HardBreak, Heading, History, Italic, Link, ListItem, OrderedList,
  Paragraph, Table, TableCell, TableHeader, TableRow, Text,
} from "../django_prose_editor/editor.js";

// Without the minimum width that the library writes into a style attribute, which the portal's CSP forbids.
const PlainTable = Table.extend({
  addNodeView: () => null,
  renderHTML: () => ["table", ["tbody", 0]],
});

const EXTENSIONS = [
  Document, Paragraph, Text, HardBreak, History, Bold, Italic, Heading.configure({ levels: [3, 4] }), BulletList,
  OrderedList, ListItem, Blockquote, Link, PlainTable, TableRow, TableHeader, TableCell,
];

// `inside` and `outside`: shown only where the cursor is in such a part of the text, or is not.
const TOOLS = [
  { name: "heading", mark: ["heading", { level: 3 }], run: (chain) => chain.toggleHeading({ level: 3 }) },
  { name: "bold", mark: ["bold"], run: (chain) => chain.toggleBold() },
  { name: "italic", mark: ["italic"], run: (chain) => chain.toggleItalic() },
  { name: "bullets", mark: ["bulletList"], run: (chain) => chain.toggleBulletList() },
  { name: "numbers", mark: ["orderedList"], run: (chain) => chain.toggleOrderedList() },
  { name: "quote", mark: ["blockquote"], run: (chain) => chain.toggleBlockquote() },
  { name: "link", mark: ["link"] },
  { name: "table", run: (chain) => chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }), outside: "table" },
  { name: "rowAdd", run: (chain) => chain.addRowAfter(), inside: "table" },
  { name: "rowRemove", run: (chain) => chain.deleteRow(), inside: "table" },
  { name: "columnAdd", run: (chain) => chain.addColumnAfter(), inside: "table" },
  { name: "columnRemove", run: (chain) => chain.deleteColumn(), inside: "table" },
  { name: "tableRemove", run: (chain) => chain.deleteTable(), inside: "table" },
  { name: "undo", run: (chain) => chain.undo() },
  { name: "redo", run: (chain) => chain.redo() },
];

const ADDRESS = /^(https?:\/\/|mailto:)/i;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// What Word and web pages put into the clipboard beside the text. The string is cut before anything parses it,
// because browsers report forbidden styles even of documents that nobody sees.
function withoutStyles(html) {
  return html
    .replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, "")
    .replace(/<(style|xml|script|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<(?:meta|link)\b[^>]*>|<\/?[a-z]+:[^>]*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) =>
      tag.replace(/\s(?:style|class|lang|width|height|bgcolor)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, ""));
}

function isEmpty(html) {
  return /^<p>\s*<\/p>$/.test(html);
}

// Asks for an address in a dialog; an empty one removes the link.
function askForLink(editor, words) {
  const id = `${editor.options.element.id}-link`;
  const input = element("input", { class: "kern-form-input__input", id, type: "text", inputmode: "url" });
  input.value = editor.getAttributes("link").href ?? "https://";
  const form = element(
    "form",
    { class: "editor-dialog__form", method: "dialog" },
    element("label", { class: "kern-label", for: id }, words.address),
    input,
    element(
      "div",
      { class: "form-actions" },
      element("button", { class: "kern-btn kern-btn--primary", value: "set" }, element("span", { class: "kern-label" }, words.set)),
      element("button", { class: "kern-btn kern-btn--tertiary", value: "cancel" }, element("span", { class: "kern-label" }, words.cancel)),
    ),
  );
  const dialog = element("dialog", { class: "editor-dialog", "aria-label": words.link }, form);
  // Not beside the text box: a form inside the page's form would be sent with it.
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    let href = input.value.trim();
    if (dialog.returnValue === "set") {
      if (href.includes("@") && !ADDRESS.test(href)) {
        href = `mailto:${href}`;
      } else if (href && !ADDRESS.test(href)) {
        href = `https://${href}`;
      }
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!href || /^(https?:\/\/|mailto:)$/i.test(href)) {
        chain.unsetLink().run();
      } else if (editor.state.selection.empty && !editor.isActive("link")) {
        chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
      } else {
        chain.setLink({ href }).run();
      }
    } else {
      editor.commands.focus();
    }
    dialog.remove();
  });
  dialog.showModal();
  input.select();
}

function toolBar(editor, textarea, words) {
  const bar = element("div", { class: "editor-bar", role: "toolbar", "aria-label": words.toolbar, "aria-controls": `${textarea.id}-text` });
  const buttons = TOOLS.map((tool) => {
    const button = element("button", { type: "button", class: `editor-bar__tool editor-bar__tool--${tool.name}`, tabindex: "-1" }, words[tool.name]);
    button.addEventListener("click", () => {
      if (tool.name === "link") {
        askForLink(editor, words);
      } else {
        tool.run(editor.chain().focus()).run();
      }
    });
    bar.append(button);
    return button;
  });
  buttons[0].tabIndex = 0;
  // One stop for the tab key; the arrows go from tool to tool.
  bar.addEventListener("keydown", (event) => {
    const shown = buttons.filter((button) => !button.hidden);
    const at = shown.indexOf(document.activeElement);
    const targets = { ArrowRight: at + 1, ArrowLeft: at - 1 + shown.length, Home: 0, End: shown.length - 1 };
    if (event.key in targets) {
      shown[targets[event.key] % shown.length].focus();
      event.preventDefault();
    }
  });
  bar.addEventListener("focusin", (event) => {
    buttons.forEach((button) => {
      button.tabIndex = button === event.target ? 0 : -1;
    });
  });
  const showState = () => {
    TOOLS.forEach((tool, at) => {
      if (tool.mark) {
        buttons[at].setAttribute("aria-pressed", String(editor.isActive(...tool.mark)));
      }
      if (tool.inside || tool.outside) {
        buttons[at].hidden = editor.isActive(tool.inside ?? tool.outside) !== Boolean(tool.inside);
      }
    });
    // The stop for the tab key may have just gone.
    if (!buttons.some((button) => button.tabIndex === 0 && !button.hidden)) {
      buttons.forEach((button, at) => {
        button.tabIndex = at === 0 ? 0 : -1;
      });
    }
  };
  editor.on("transaction", showState);
  showState();
  return bar;
}

function edit(textarea) {
  const words = JSON.parse(textarea.dataset.prose);
  const label = document.getElementById(`${textarea.id}_label`);
  const box = element("div", { class: "prose-editor", id: `${textarea.id}-editor` });
  textarea.before(box);
  const editor = new Editor({
    element: box,
    extensions: EXTENSIONS,
    injectCSS: false,
    content: textarea.value,
    editorProps: {
      transformPastedHTML: withoutStyles,
      attributes: {
        id: `${textarea.id}-text`,
        class: "prose editor-text kern-form-input__input",
        role: "textbox",
        "aria-multiline": "true",
        ...(label && { "aria-labelledby": label.id }),
        ...(textarea.hasAttribute("aria-describedby") && { "aria-describedby": textarea.getAttribute("aria-describedby") }),
        ...(textarea.hasAttribute("aria-invalid") && { "aria-invalid": "true" }),
        ...(textarea.required && { "aria-required": "true" }),
      },
    },
    onUpdate() {
      const html = editor.getHTML();
      textarea.value = isEmpty(html) ? "" : html;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  box.prepend(toolBar(editor, textarea, words));
  box.append(textarea);
  textarea.hidden = true;
  // The browser cannot show its own message at a hidden box; the server's does.
  textarea.required = false;
  label?.addEventListener("click", () => editor.commands.focus());
  textarea.addEventListener("focus", () => editor.commands.focus());
}

document.querySelectorAll("textarea[data-prose]").forEach(edit);
