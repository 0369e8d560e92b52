// Sorts a table by the column whose head is clicked, or chosen with the keyboard; a second
// time the other way round. Without script the table is as it is: in the order of the run.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.classList.add("sorts");
    head.tabIndex = 0; // so that the keyboard reaches it
    const sort = () => {
      // What screens are read aloud by says how a table is sorted, and so do the arrows.
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      // Numbers are shown with spaces and units, and sorted as they are in data-v.
      const key = row => { const cell = row.cells[column]; return cell.dataset.v ?? cell.textContent.trim(); };
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => (up ? 1 : -1) * key(a).localeCompare(key(b), "en", {numeric: true}));
      table.tBodies[0].append(...rows);
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
  });
}
