-- Takes out what must not reach a reader's browser: raw HTML, unknown attributes, links that run code or
-- lead nowhere. Runs after common.lua, so that what our own filters add later stays.
-- data.portable: true for a file that travels alone (EPUB), where a relative link leads nowhere,
-- but for those to data.inside, the other files of the book.

local schemes = { http = true, https = true, mailto = true, tel = true, sms = true }
local kept = { lang = true, dir = true, ["xml:lang"] = true }

-- A list of pairs: a table of keys has another order in every run.
local function safe_attributes(element)
  local attributes = {}
  for key, value in pairs(element.attributes) do
    if kept[key] and value:match("^[%w-]+$") then attributes[#attributes + 1] = { key, value } end
  end
  element.attr = pandoc.Attr(element.identifier, element.classes, attributes)
  return element
end

-- Browsers skip blanks and control characters before and within a scheme, so "java\nscript:" is one too.
local function is_safe(target)
  local scheme = target:gsub("[%c%s]", ""):lower():match("^([^/?#:]*):")
  return scheme == nil or schemes[scheme] == true
end

local function leads_somewhere(target, ids, portable, inside)
  local path, anchor = target:match("^([^#]*)#?(.*)$")
  if path == "" then return ids[anchor] == true end
  local absolute = path:match("^%a[%w+.-]*:") ~= nil or path:sub(1, 2) == "//"
  if absolute or inside[path] then return true end
  return not portable and not path:match("%.md$")
end

local function raw_inline(inline)
  if inline.format == "html" and inline.text:lower():match("^<br%s*/?>$") then return pandoc.LineBreak() end
  return {}
end

return function(data)
  local ids, inside = {}, {}
  for _, file in ipairs(data.inside or {}) do inside[file] = true end

  -- Two elements with one identifier would make a link lead to the wrong place.
  local function identify(element)
    local id = element.identifier
    if id ~= "" and ids[id] then element.identifier = "" end
    ids[element.identifier] = true
    return safe_attributes(element)
  end

  local function link(inline)
    if inline.target == "" or not is_safe(inline.target) then return inline.content end
    if not leads_somewhere(inline.target, ids, data.portable, inside) then return inline.content end
    return inline
  end

  local function bare_code(element)
    element.attr = pandoc.Attr()
    return element
  end

  local elements = {
    Header = identify, Div = identify, Span = identify, Figure = identify, Table = identify, Link = identify,
    Image = function(image) image.attr = pandoc.Attr() return image end,
    Code = bare_code, CodeBlock = bare_code,
    RawInline = raw_inline, RawBlock = function() return {} end,
  }
  return {
    Pandoc = function(document)
      return document:walk(elements):walk({ traverse = "topdown", Link = link })
    end,
  }
end
