-- The article's tree as HTML wants it: care cards, table scopes, notes with labels, marks on what is not
-- translated. Runs after common.lua and safe.lua; all raw HTML in the tree from here on is ours.
-- data: lang, dir, title, has_title, is_wide (Chinese or Japanese), has_untranslated, labels (English -> text), images (path -> address),
-- foreign (address -> {tag, name}) for links to a page in another language.

-- The word for a kind of card, and the shape that tells it without colour: octagon, triangle, circle.
local cards = {
  emergency = { "Emergency", "M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9zm3.2 5v7.5h2.6V6zm0 9.5V18h2.6v-2.5z" },
  urgent = { "Urgent", "M12 1.5 23.5 22H.5zm-1.2 7v6.7h2.4V8.5zm0 8.2V19h2.4v-2.3z" },
  ["see-doctor"] = { "Not urgent", "M12 1a11 11 0 1 0 .01 0zm-1.3 5h2.6v4.7H18v2.6h-4.7V18h-2.6v-4.7H6v-2.6h4.7z" },
}

local function escape(text)
  return (text:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end

local function raw(text) return pandoc.RawBlock("html", text) end

local function wrap(before, blocks, after)
  local result = pandoc.Blocks({ raw(before) })
  result:extend(blocks)
  result:insert(raw(after))
  return result
end

local function is_untranslated(element) return element.classes:includes("untranslated") end

local function is_wide(code)
  return code >= 0x2E80 and code <= 0xA4CF or code >= 0xF900 and code <= 0xFAFF or code >= 0xFE30 and code <= 0xFE4F
    or code >= 0xFF00 and code <= 0xFFEF or code >= 0x20000 and code <= 0x3FFFF
end

local function edge(inline, at)
  local text = inline and pandoc.utils.stringify(inline) or ""
  if text == "" then return 0 end
  return utf8.codepoint(text, at < 0 and utf8.offset(text, -1) or 1)
end

-- Chinese is written without spaces, so the end of a line within it is none either.
local function join_wide(inlines)
  for index = #inlines - 1, 2, -1 do
    if inlines[index].t == "SoftBreak" and is_wide(edge(inlines[index - 1], -1)) and is_wide(edge(inlines[index + 1], 1)) then
      inlines:remove(index)
    end
  end
  return inlines
end

-- The page's own h1 is the title. A level-1 heading that repeats it goes; others move one level down.
local function settle_headings(document, data)
  local first = document.blocks[1]
  if first and first.t == "Header" and first.level == 1 then
    if not data.has_title or pandoc.utils.stringify(first) == data.title then document.blocks:remove(1) end
  end
  local has_top = false
  document:walk({ Header = function(header) has_top = has_top or header.level == 1 end })
  local count = 0
  return document:walk({
    Header = function(header)
      count = count + 1
      if has_top then header.level = math.min(header.level + 1, 6) end
      if header.identifier == "" then header.identifier = "section-" .. count end
      return header
    end,
  })
end

-- Attributes are lists of pairs: a table of keys has another order in every run.
-- Notes as a labelled section at the end; pandoc's own have no label and an English one cannot be changed.
local function gather_notes(document, labels)
  local items = pandoc.List({})
  document = document:walk({
    traverse = "topdown",
    Note = function(note)
      local number = tostring(#items + 1)
      items:insert({ number = number, blocks = note.content })
      return pandoc.Link({ pandoc.Superscript(number) }, "#note-" .. number, "",
        pandoc.Attr("noteref-" .. number, {}, { { "role", "doc-noteref" }, { "aria-label", labels["Note"] .. " " .. number } }))
    end,
  })
  if #items == 0 then return document end
  local list = items:map(function(item)
    local back = pandoc.Link({ pandoc.Str("↑ " .. labels["Back to the text"]) }, "#noteref-" .. item.number, "",
      pandoc.Attr("", { "back" }, {
        { "role", "doc-backlink" }, { "aria-label", labels["Back to the text"] .. " " .. item.number },
      }))
    local last = item.blocks[#item.blocks]
    if last and (last.t == "Para" or last.t == "Plain") then
      last.content:extend({ pandoc.Space(), back })
    else
      item.blocks:insert(pandoc.Plain({ back }))
    end
    return pandoc.Blocks({ pandoc.Div(item.blocks, { id = "note-" .. item.number }) })
  end)
  local title = '<h2 id="notes-title">' .. escape(labels["Notes"]) .. "</h2>"
  document.blocks:extend(wrap(
    '<section class="notes" role="doc-endnotes" aria-labelledby="notes-title">' .. title,
    { pandoc.OrderedList(list) }, "</section>"))
  return document
end

local function is_first_column_header(tbl)
  if #tbl.colspecs < 2 then return false end
  for _, row in ipairs(tbl.head.rows) do
    if #row.cells > 0 and pandoc.utils.stringify(row.cells[1].contents) ~= "" then return false end
  end
  return #tbl.head.rows > 0
end

local function set_scope(rows, scope, columns)
  return pandoc.List(rows):map(function(row)
    for index = 1, math.min(columns, #row.cells) do
      local cell = row.cells[index]
      cell.attr = pandoc.Attr("", {}, { scope = scope })
      row.cells[index] = cell
    end
    return row
  end)
end

local function label_table(tbl)
  local head, bodies = tbl.head, tbl.bodies
  head.rows = set_scope(head.rows, "col", #tbl.colspecs)
  if is_first_column_header(tbl) then
    for index, body in ipairs(bodies) do
      body.row_head_columns = 1
      body.body = set_scope(body.body, "row", 1)
      bodies[index] = body
    end
  end
  tbl.head, tbl.bodies = head, bodies
  -- Sides are the style sheet's: an explicit "left" would be wrong in Arabic.
  tbl.colspecs = tbl.colspecs:map(function() return { pandoc.AlignDefault, nil } end)
  return tbl
end

return function(data)
  local labels = data.labels
  local card_number, heading_text, in_run, tables = 0, nil, false, {}

  local function mark()
    return pandoc.Span({ pandoc.Str(labels["Not translated yet"]) }, pandoc.Attr("", { "to-translate" }, { { "lang", data.lang }, { "dir", data.dir } }))
  end

  local function card(div)
    local kind = div.classes:find_if(function(class) return cards[class] ~= nil end)
    if not kind then
      local attributes = ""
      for _, key in ipairs({ "lang", "dir" }) do
        if div.attributes[key] then attributes = attributes .. " " .. key .. '="' .. escape(div.attributes[key]) .. '"' end
      end
      if attributes == "" then return nil end
      return wrap("<div" .. attributes .. ">", div.content, "</div>")
    end
    card_number = card_number + 1
    local id = "card-" .. card_number
    local label, shape = labels[cards[kind][1]], cards[kind][2]
    local names = id
    for _, block in ipairs(div.content) do
      if block.t == "Header" then names = id .. " " .. block.identifier break end
    end
    return wrap(
      '<section class="card ' .. kind .. '" aria-labelledby="' .. escape(names) .. '">\n<p class="card-label" id="' .. id
        .. '"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path fill-rule="evenodd" d="'
        .. shape .. '"/></svg> ' .. escape(label) .. "</p>",
      div.content, "</section>")
  end

  local function scroller(tbl)
    tbl = label_table(tbl)
    if #tbl.colspecs < 3 then return tbl end
    -- What scrolls must be reached by key, so it is a region, and each region needs a name of its own.
    local text = heading_text or labels["Table"]
    tables[text] = (tables[text] or 0) + 1
    local name = text .. (tables[text] > 1 and " " .. tables[text] or "")
    return wrap('<section class="scroll" tabindex="0" aria-label="' .. escape(name) .. '">', { tbl }, "</section>")
  end

  local function header(block)
    in_run = false
    heading_text = pandoc.utils.stringify(block)
  end

  -- In a run of untranslated pieces only the first carries the words: a mark on each would drown the text.
  local function paragraph(block)
    if not block.content:find_if(function(inline) return inline.t == "Span" and is_untranslated(inline) end) then in_run = false end
  end

  local function span(inline)
    if not is_untranslated(inline) then return nil end
    if inline.attributes.lang then inline.attributes["xml:lang"] = inline.attributes.lang end
    local result = pandoc.Inlines({ inline })
    if not in_run then result:extend({ pandoc.Space(), mark() }) end
    in_run = true
    return result
  end

  local function figure(element)
    local caption = element.caption
    local last = caption.long and caption.long[#caption.long]
    if not is_untranslated(element) or not last then return nil end
    last.content:extend({ pandoc.Space(), mark() })
    caption.long[#caption.long] = last
    element.caption = caption
    return element
  end

  local function image(inline)
    local address = data.images[inline.src]
    -- Nothing is fetched from elsewhere: what is not in the library stands as its text.
    if not address then return inline.caption end
    inline.src, inline.title = address, ""
    if #inline.caption == 0 then inline.attributes.alt = "" end
    return inline
  end

  local function link(inline)
    local foreign = data.foreign[inline.target:match("^[^#]*")]
    if not foreign then return nil end
    inline.attributes.hreflang = foreign.tag
    local name = pandoc.Span({ pandoc.Str(foreign.name) }, pandoc.Attr("", {}, { { "lang", foreign.tag }, { "xml:lang", foreign.tag }, { "dir", foreign.dir } }))
    return pandoc.Inlines({ inline, pandoc.Str(" ("), name, pandoc.Str(")") })
  end

  -- Handing a list of words to Lua is slow, so it is done only where a text needs it.
  local main = {
    traverse = "topdown",
    Inlines = data.is_wide and join_wide or nil,
    Para = data.has_untranslated and paragraph or nil, Plain = data.has_untranslated and paragraph or nil,
    Div = card, Table = scroller, Header = header, Figure = figure, Span = span, Image = image, Link = link,
  }
  return {
    Pandoc = function(document)
      return gather_notes(settle_headings(document, data), labels):walk(main)
    end,
  }
end
