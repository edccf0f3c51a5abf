// Files dropped on a dashed area are chosen as if by its own field; their names are listed.
"use strict";
document.querySelectorAll(".drop").forEach((area) => {
  const field = area.querySelector("input[type=file]");
  const list = document.createElement("ul");
  area.append(list);

  const show = () => {
    list.replaceChildren(...[...field.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }));
  };
  const over = (event) => {
    event.preventDefault();
    area.classList.add("over");
  };
  area.addEventListener("dragenter", over);
  area.addEventListener("dragover", over);
  area.addEventListener("dragleave", () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    area.classList.remove("over");
    const all = new DataTransfer();
    [...field.files, ...event.dataTransfer.files].forEach((file) => all.items.add(file));
    field.files = all.files;
    show();
  });
  field.addEventListener("change", show);
  area.closest("form").addEventListener("submit", (event) => {
    const button = event.target.querySelector("button[type=submit]");
    // A disabled button would be missing from the form were it disabled before it is sent.
    setTimeout(() => { button.disabled = true; button.textContent = "正在上传…"; });
  });
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
