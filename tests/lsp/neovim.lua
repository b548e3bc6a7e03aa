-- Run by test_neovim.py in a headless Neovim: what a person there sees and does, printed as one line of JSON.
local file, server = vim.env.PAGE, vim.json.decode(vim.env.SERVER)
vim.cmd('edit ' .. vim.fn.fnameescape(file))
local client = vim.lsp.start_client({ name = 'plainleaf', cmd = server, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)

local function shown(code)
  return vim.tbl_filter(function(d) return d.code == code end, vim.diagnostic.get(0))
end

local told = {}
vim.wait(30000, function() return #shown('spelling') > 0 end, 50)
local found = shown('spelling')[1]
if found then
  told.place = { found.lnum, found.col, found.end_col }
  told.severity = found.severity
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 30000)
  for _, action in ipairs(answers[client].result) do
    if action.title == 'Write "fever"' then
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
    end
  end
  told.gone = vim.wait(30000, function() return #shown('spelling') == 0 end, 50)
  told.lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
end
io.stdout:write(vim.json.encode(told) .. '\n')
vim.cmd('qall!')
